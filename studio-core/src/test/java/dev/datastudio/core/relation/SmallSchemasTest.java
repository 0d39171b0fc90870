package dev.datastudio.core.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row R3 on tables of 3 to 600 rows without declared keys: all relations that a person sees in them, and no other. */
class SmallSchemasTest {
    private static Studio studio = Studio.inMemory();

    @BeforeAll
    static void open() {
        studio.close();
        studio = Studio.inMemory();
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    @ParameterizedTest
    @CsvSource({
        "body_builder, body_builder.People_ID > people.People_ID",
        "cinema, schedule.Cinema_ID > cinema.Cinema_ID; schedule.Film_ID > film.Film_ID",
        "coffee_shop, ''",
        "county_public_safety, city.County_ID > county_public_safety.County_ID",
        "cre_Doc_Tracking_DB, Document_locations.Document_ID > All_documents.Document_ID;"
                + " Documents_to_be_destroyed.Destroyed_by_Employee_ID > Employees.Employee_ID;"
                + " Documents_to_be_destroyed.Destruction_Authorised_by_Employee_ID > Employees.Employee_ID;"
                + " Documents_to_be_destroyed.Document_ID > All_documents.Document_ID",
        "flight_company, flight.airport_id > airport.id; flight.company_id > operate_company.id",
        "game_injury, game.stadium_id > stadium.id; injury_accident.game_id > game.id",
        "gas_company, station_company.Company_ID > company.Company_ID;"
                + " station_company.Station_ID > gas_station.Station_ID",
        "hospital_1, affiliated_with.Physician > physician.EmployeeID; appointment.Physician > physician.EmployeeID",
        "hr_1, employees.JOB_ID > jobs.JOB_ID; employees.MANAGER_ID > employees.EMPLOYEE_ID;"
                + " locations.COUNTRY_ID > countries.COUNTRY_ID",
        "inn_1, Reservations.Room > Rooms.RoomId",
        "machine_repair, repair_assignment.technician_id > technician.technician_id",
        "match_season, match_season.Country > country.Country_id",
        "music_1, artist.preferred_genre > genre.g_name; files.artist_name > artist.artist_name;"
                + " song.artist_name > artist.artist_name; song.f_id > files.f_id; song.genre_is > genre.g_name",
        "party_people, Member.Party_ID > party.Party_ID; party_events.Member_in_charge_ID > Member.Member_ID;"
                + " party_events.Party_ID > party.Party_ID",
        "scientist_1, assignedto.Project > projects.Code",
        "shop_membership, membership_register_branch.Branch_ID > branch.Branch_ID;"
                + " membership_register_branch.Member_ID > member.Member_ID",
        "storm_record, ''",
        "tvshow, TV_series.Channel > TV_Channel.id",
        "voter_1, votes.contestant_number > contestants.contestant_number",
    })
    void findsWhatAPersonSees(String database, String relations) throws IOException {
        List<Relation> found = studio.relations().among(tables(database), Cancellation.none());

        Set<String> usable = found.stream()
                .filter(Relation::isUsable)
                .map(relation -> relation.from() + " > " + relation.to())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(relations, String.join("; ", usable));
    }

    private static List<Dataset> tables(String database) throws IOException {
        List<Dataset> tables = new ArrayList<>();
        try (Stream<Path> files = Files.list(OutsideData.require("eval/nvbench/tables/" + database))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".csv", "");
                tables.add(studio.datasets().importFile(file).withTable(name));
            }
        }
        return tables;
    }
}
