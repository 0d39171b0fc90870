package dev.datastudio.agents.ask;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small databases as files: a library, a shop, a school and a clinic, with gaps and repeats where joins go wrong. */
final class SmallSchemas {
    static final Map<String, String> LIBRARY = new LinkedHashMap<>();
    static final Map<String, String> SHOP = new LinkedHashMap<>();
    static final Map<String, String> SCHOOL = new LinkedHashMap<>();
    static final Map<String, String> CLINIC = new LinkedHashMap<>();

    static {
        LIBRARY.put("authors", """
                author_id,name,country
                1,Ann Petry,USA
                2,Bela Bartos,Hungary
                3,Chika Unigwe,Nigeria
                4,Dino Buzzati,Italy
                5,Elena Rossi,Italy
                """);
        LIBRARY.put("books", """
                book_id,title,author_id,genre,pages
                10,The Street,1,Novel,435
                11,Country Place,1,Novel,266
                12,Night Dancer,3,Novel,400
                13,The Tartar Steppe,4,Novel,265
                14,Catastrophe,4,Stories,210
                15,Chess for All,2,Guide,120
                16,Winter Walks,2,Guide,96
                """);
        LIBRARY.put("members", """
                member_id,member_name,city,age
                100,Zora,Leeds,34
                101,Yusuf,Leeds,51
                102,Xenia,York,28
                103,Walt,Hull,45
                104,Vera,York,63
                """);
        LIBRARY.put("loans", """
                loan_id,book_id,member_id,loan_date,fine
                1000,10,100,2024-01-05,0
                1001,10,101,2024-02-11,2.5
                1002,12,100,2024-02-20,0
                1003,13,102,2024-03-02,1.5
                1004,10,102,2024-03-09,0
                1005,14,100,2024-04-01,4
                1006,13,100,2024-05-17,0
                1007,15,104,2024-06-30,0.5
                """);
        SHOP.put("customers", """
                customer_id,customer_name,country
                1,Acme,USA
                2,Bolt,USA
                3,Corex,France
                4,Dyna,Spain
                5,Exo,France
                """);
        SHOP.put("products", """
                product_id,product_name,category,list_price
                1,Lamp,Home,40
                2,Desk,Office,250
                3,Chair,Office,120
                4,Mug,Home,8
                5,Sofa,Home,900
                """);
        SHOP.put("orders", """
                order_id,customer_id,order_date,shipping_cost
                501,1,2024-01-10,12
                502,1,2024-02-14,9
                503,2,2024-02-20,30
                504,3,2024-03-03,5
                505,3,2024-03-15,7
                506,3,2024-04-01,11
                507,5,2024-04-20,14
                """);
        SHOP.put("order_lines", """
                line_id,order_id,product_id,quantity
                9001,501,1,2
                9002,501,4,6
                9003,502,2,1
                9004,503,3,4
                9005,503,2,2
                9006,504,4,10
                9007,505,1,1
                9008,505,3,2
                9009,506,4,3
                9010,507,2,1
                9011,507,3,1
                """);
        SCHOOL.put("students", """
                student_id,first_name,last_name,age,city
                1,Mia,Long,19,Oslo
                2,Noah,Berg,22,Bergen
                3,Olga,Dahl,20,Oslo
                4,Per,Lund,25,Tromso
                5,Rita,Moe,21,Bergen
                """);
        SCHOOL.put("courses", """
                course_id,course_name,credits
                A1,Algebra,10
                B2,Biology,5
                C3,Chess,2
                D4,Drawing,5
                """);
        SCHOOL.put("enrolments", """
                student_id,course_id,grade
                1,A1,80
                1,B2,71
                2,A1,65
                3,A1,90
                3,B2,84
                3,C3,99
                5,B2,58
                """);
        CLINIC.put("doctors", """
                code,name,specialty
                11,Kim Lee,Heart
                12,Ola Dunn,Eyes
                13,Kim Lee,Skin
                14,Ravi Nair,Heart
                15,Sia Holm,Skin
                16,Tom Ek,Nerves
                """);
        CLINIC.put("wards", """
                ward_code,ward_name,wing
                W1,Birch,North
                W2,Cedar,North
                W3,Elm,South
                """);
        CLINIC.put("shifts", """
                shift_id,doctor,ward_code,hours
                301,11,W1,8
                302,11,W1,6
                303,12,W1,8
                304,13,W2,10
                305,11,W2,4
                306,14,W3,8
                """);
    }

    private SmallSchemas() {}

    /** The tables of a schema, written to a folder and imported. */
    static List<Dataset> imported(Studio studio, Path folder, Map<String, String> schema) throws IOException {
        List<Dataset> tables = new ArrayList<>();
        for (var table : schema.entrySet()) {
            Path file = folder.resolve(table.getKey() + ".csv");
            Files.writeString(file, table.getValue());
            tables.add(studio.datasets().importFile(file));
        }
        return tables;
    }
}
