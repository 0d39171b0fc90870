package dev.datastudio.app.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProjectRoutesTest {
    private final Person ada = AppServer.shared().newPerson();

    private String project() {
        return ada.post("/api/v1/projects", "{'name':'Churn','goal':'Why do they leave?'}")
                .is(201)
                .json()
                .path("id")
                .asString();
    }

    @Test
    void aProjectIsBegunChangedEndedKeptAndBegunAgainFromItsTemplate() {
        String id = project();
        String path = "/api/v1/projects/" + id;
        ada.post(path + "/items", "{'kind':'dataset','id':'d-1','label':'customers'}")
                .is(200);
        ada.put(path, "{'name':'Churn 2','goal':''}").is(428);
        ada.put(path, "{'name':'Churn 2','goal':''}", "\"1\"").is(409);
        String etag = ada.get(path).is(200).header("ETag");
        ada.put(path, "{'name':'Churn 2','goal':'Why?'}", etag).is(200);
        JsonNode note = ada.post(path + "/notes", "{'kind':'todo','text':'Look at prices'}")
                .is(201)
                .json();
        ada.put(
                        "/api/v1/notes/" + note.path("id").asString(),
                        "{'text':'Look at prices','state':'done'}",
                        "\"" + note.path("revision").asLong() + "\"")
                .is(200);
        assertTrue(ada.get(path + "/summary")
                .is(200)
                .json()
                .path("markdown")
                .asString()
                .contains("Churn 2"));

        ada.post(path + "/archive", "{'method':'By asking','findings':'Price'}").is(200);
        ada.post(path + "/notes", "{'text':'late'}").is(400);
        assertEquals(1, ada.get("/api/v1/archive").is(200).json().path("items").size());
        String template = ada.post(path + "/template", "{'name':'Churn again'}")
                .is(201)
                .json()
                .path("id")
                .asString();
        JsonNode again = ada.post(
                        "/api/v1/project-templates/" + template + "/projects",
                        "{'name':'Churn 2027','values':{'dataset1':{'kind':'dataset','id':'d-2','label':'new'}}}")
                .is(201)
                .json();
        assertEquals("d-2", again.path("items").get(0).path("id").asString());
        ada.post(path + "/reopen", "").is(200);
        ada.delete(path + "/items?kind=dataset&item=d-1").is(200);
        ada.delete("/api/v1/project-templates/" + template).is(204);
        ada.delete("/api/v1/project-templates/" + template).is(404);
        ada.delete(path).is(204);
        ada.get(path).is(404);
    }

    @Test
    void anotherOrganisationHasOtherProjects() {
        Person eve = AppServer.shared().newPerson();
        String id = project();
        String note = ada.post("/api/v1/projects/" + id + "/notes", "{'text':'ours'}")
                .is(201)
                .json()
                .path("id")
                .asString();

        eve.get("/api/v1/projects/" + id).is(404);
        eve.post("/api/v1/projects/" + id + "/notes", "{'text':'mine'}").is(404);
        eve.put("/api/v1/notes/" + note, "{'text':'mine'}", "\"1\"").is(404);
        eve.delete("/api/v1/notes/" + note).is(404);
        eve.post("/api/v1/projects/" + id + "/archive", "{}").is(404);
        assertEquals(0, eve.get("/api/v1/projects").is(200).json().path("items").size());
    }

    @Test
    void aKindThatIsNoneIsNamedWithThoseThereAre() {
        JsonNode problem = ada.post("/api/v1/projects/" + project() + "/items", "{'kind':'dream','id':'1'}")
                .is(400)
                .json();

        assertTrue(problem.path("mend").asString().contains("dataset"), problem.toString());
    }
}
