import java.nio.file.*;
import java.util.*;
import dev.datastudio.agents.ask.*;
import dev.datastudio.api.chart.*;
import dev.datastudio.api.dataset.*;
import dev.datastudio.core.Studio;
import static dev.datastudio.cli.Notebook.*;
var studio = dev.datastudio.cli.Notebook.studio();
System.out.println("Studio is open. Try: open(\"examples/data/shop-orders.csv\") then ask(\"average sales by region\")");
