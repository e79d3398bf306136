using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Composite;
using Liaison.Emulators.Tests.Salesforce.Soql;

namespace Liaison.Emulators.Tests.Salesforce.Composite;

public sealed class CompositeTests
{
    private readonly SoqlOrg _org = SoqlOrg.Sample();
    private readonly OrgRoutes _routes;
    private readonly CompositeSets _sets;

    public CompositeTests()
    {
        _routes = new OrgRoutes(_org);
        _sets = new CompositeSets(_routes, "v66.0");
    }

    [Fact]
    public void Later_calls_refer_to_earlier_answers_by_their_exact_keys()
    {
        var reply = Composite(
            """
            {"collateSubrequests":false,"compositeRequest":[
            {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"new_account","body":{"Name":"Initech"} },
            {"method":"GET","url":"/services/data/v66.0/sobjects/Account/@{new_account.id}","referenceId":"read"},
            {"method":"POST","url":"/services/data/v66.0/sobjects/Contact","referenceId":"person","body":{"LastName":"Of @{read.Name}","AccountId":"@{read.Id}"} },
            {"method":"GET","url":"/services/data/v66.0/query?q=SELECT+1","referenceId":"wrong"},
            {"method":"GET","url":"/services/data/v66.0/sobjects/Account/@{new_account.Id}","referenceId":"case_matters"}]}
            """);

        reply.Status.ShouldBe(200);
        reply.Calls.ShouldBe(1);
        Statuses(reply).ShouldBe(["new_account 201", "read 200", "person 201", "wrong 400", "case_matters 400"]);
        Part(reply, 0)["httpHeaders"]!["Location"].ShouldNotBeNull();
        Part(reply, 4)["body"]![0]!["errorCode"]!.ToString().ShouldBe("PROCESSING_HALTED");
        Part(reply, 4)["body"]![0]!["message"]!.ToString().ShouldBe("Invalid reference specified. No value for new_account.Id found in new_account");
        _org.Column("SELECT LastName FROM Contact WHERE Account.Name = 'Initech'", "LastName").ShouldBe(["Of Initech"]);
    }

    [Fact]
    public void A_reference_reaches_into_lists()
    {
        var reply = Composite(
            """
            {"compositeRequest":[
            {"method":"GET","url":"/services/data/v66.0/query?q=SELECT%20Id%20FROM%20Account%20WHERE%20Name%20%3D%20'Globex'","referenceId":"found"},
            {"method":"PATCH","url":"/services/data/v66.0/sobjects/Account/@{found.records[0].Id}","referenceId":"change","body":{"Name":"Globex 2"} }]}
            """);

        Statuses(reply).ShouldBe(["found 200", "change 204"]);
        _org.Column("SELECT Name FROM Account WHERE Name LIKE 'Globex%'").ShouldBe(["Globex 2"]);
    }

    [Fact]
    public void Without_allOrNone_a_failure_takes_only_those_that_refer_to_it()
    {
        var reply = Composite(Three(allOrNone: false));

        Statuses(reply).ShouldBe(["a 201", "b 400", "c 400", "d 201"]);
        _org.Column("SELECT Name FROM Account WHERE Name LIKE 'new%'").ShouldBe(["new a", "new d"]);
    }

    [Fact]
    public void With_allOrNone_nothing_stays_and_the_innocent_are_halted()
    {
        var reply = Composite(Three(allOrNone: true));

        reply.Status.ShouldBe(200);
        Statuses(reply).ShouldBe(["a 400", "b 400", "c 400", "d 400"]);
        Part(reply, 0)["body"]![0]!["errorCode"]!.ToString().ShouldBe("PROCESSING_HALTED");
        Part(reply, 1)["body"]![0]!["errorCode"]!.ToString().ShouldBe("REQUIRED_FIELD_MISSING");
        _org.Column("SELECT Name FROM Account WHERE Name LIKE 'new%'").ShouldBeEmpty();
    }

    [Fact]
    public void A_failed_item_of_a_collection_takes_an_allOrNone_composite_back()
    {
        var reply = Composite(
            """
            {"allOrNone":true,"compositeRequest":[
            {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a","body":{"Name":"new a"} },
            {"method":"POST","url":"/services/data/v66.0/composite/sobjects","referenceId":"many","body":{"records":[{"attributes":{"type":"Account"},"Name":"new b"},{"attributes":{"type":"Account"},"Name":"bad"}]}}]}
            """);

        Statuses(reply).ShouldBe(["a 400", "many 200"]);
        Part(reply, 1)["body"]![0]!["success"]!.GetValue<bool>().ShouldBeTrue();
        _org.Column("SELECT Name FROM Account WHERE Name LIKE 'new%'").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "C1,A1,A2,C2")]
    [InlineData("\"collateSubrequests\":false,", "C1,A1,C2,A2")]
    public void Calls_of_one_kind_go_together_unless_told_otherwise(string option, string order)
    {
        Composite(
            $$"""
            { {{option}} "compositeRequest":[
            {"method":"POST","url":"/services/data/v66.0/sobjects/Contact","referenceId":"c1","body":{"LastName":"C1"} },
            {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a1","body":{"Name":"A1"} },
            {"method":"POST","url":"/services/data/v66.0/sobjects/Contact","referenceId":"c2","body":{"LastName":"C2","AccountId":"@{a1.id}"} },
            {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a2","body":{"Name":"A2"} }]}
            """);

        _routes.Sent.Select(sent => sent.EndsWith("Contact", StringComparison.Ordinal) ? 'C' : 'A').ShouldBe(order.Split(',').Select(name => name[0]));
    }

    [Theory]
    [InlineData("""{"method":"GET","url":"/services/data/v65.0/limits","referenceId":"a"}""", "must start with /services/data/v66.0/")]
    [InlineData("""{"method":"GET","url":"/services/data/v66.0/limits","referenceId":"a b"}""", "letters, digits and underscores")]
    [InlineData("""{"method":"GET","url":"/services/data/v66.0/limits","referenceId":"a","httpHeaders":{"Accept":"x"} }""", "The header Accept is not allowed")]
    [InlineData("""{"method":"GET","url":"/services/data/v66.0/limits","referenceId":"a"},{"method":"GET","url":"/services/data/v66.0/limits","referenceId":"a"}""", "more than once")]
    [InlineData("""{"method":"GET","url":"/services/data/v66.0/limits"}""", "needs method, url and referenceId")]
    public void A_misshapen_composite_is_refused_as_a_whole(string item, string message)
    {
        var reply = Composite($$"""{"compositeRequest":[{{item}}]}""");

        reply.Status.ShouldBe(400);
        reply.Body[0]!["message"]!.ToString().ShouldContain(message);
        _routes.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void A_composite_takes_twenty_five_calls_of_which_five_are_queries_or_collections()
    {
        Composite(Calls(25, "sobjects/Account/x")).Status.ShouldBe(200);
        Composite(Calls(26, "sobjects/Account/x")).Status.ShouldBe(400);
        Composite(Calls(5, "query?q=x")).Status.ShouldBe(200);
        Composite(Calls(6, "query?q=x")).Status.ShouldBe(400);
        Composite(Calls(6, "composite/sobjects")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData(false, "201,400,201")]
    [InlineData(true, "201,400,412")]
    public void A_batch_runs_in_order_and_halts_when_told_to(bool halt, string statuses)
    {
        var reply = _sets.Batch(JsonNode.Parse(
            $$"""
            {"haltOnError":{{(halt ? "true" : "false")}},"batchRequests":[
            {"method":"POST","url":"v66.0/sobjects/Account","richInput":{"Name":"new a"} },
            {"method":"POST","url":"v66.0/sobjects/Account","richInput":{"Name":"bad"} },
            {"method":"POST","url":"/services/data/v66.0/sobjects/Account","richInput":{"Name":"new c"} }]}
            """));

        reply.Calls.ShouldBe(3);
        reply.Body["hasErrors"]!.GetValue<bool>().ShouldBeTrue();
        string.Join(',', reply.Body["results"]!.AsArray().Select(result => result!["statusCode"])).ShouldBe(statuses);
        if (halt)
        {
            reply.Body["results"]![2]!["result"]![0]!["errorCode"]!.ToString().ShouldBe("BATCH_PROCESSING_HALTED");
        }
    }

    [Fact]
    public void Each_graph_holds_or_fails_as_a_whole()
    {
        var reply = _sets.Graph(JsonNode.Parse(
            """
            {"graphs":[
            {"graphId":"1","compositeRequest":[
            {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a","body":{"Name":"new a"} },
            {"method":"POST","url":"/services/data/v66.0/sobjects/Contact","referenceId":"c","body":{"LastName":"new c","AccountId":"@{a.id}"} }]},
            {"graphId":"2","compositeRequest":[
            {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a","body":{"Name":"new b"} },
            {"method":"POST","url":"/services/data/v66.0/sobjects/Contact","referenceId":"c","body":{"LastName":"bad"} }]}]}
            """));

        reply.Body["graphs"]!.AsArray().Select(graph => $"{graph!["graphId"]} {graph["isSuccessful"]}").ShouldBe(["1 true", "2 false"]);
        reply.Body["graphs"]![1]!["graphResponse"]!["compositeResponse"]![0]!["body"]![0]!["errorCode"]!.ToString().ShouldBe("PROCESSING_HALTED");
        _org.Column("SELECT Name FROM Account WHERE Name LIKE 'new%'").ShouldBe(["new a"]);
    }

    [Fact]
    public void After_fourteen_failed_graphs_the_others_are_not_run()
    {
        var graphs = Enumerable.Range(1, 16).Select(number =>
            $$"""{"graphId":"{{number}}","compositeRequest":[{"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a","body":{"Name":"bad"} }]}""");

        var reply = _sets.Graph(JsonNode.Parse($$"""{"graphs":[{{string.Join(',', graphs)}}]}"""));

        _routes.Sent.Count.ShouldBe(14);
        reply.Body["graphs"]!.AsArray().Count.ShouldBe(16);
    }

    [Fact]
    public void A_tree_makes_parents_and_children()
    {
        var reply = Tree("Child");

        reply.Status.ShouldBe(201);
        reply.Body["hasErrors"]!.GetValue<bool>().ShouldBeFalse();
        reply.Body["results"]!.AsArray().Select(result => result!["referenceId"]!.ToString()).ShouldBe(["ref1", "ref2"]);
        _org.Column("SELECT LastName FROM Contact WHERE Account.Name = 'Root'", "LastName").ShouldBe(["Child"]);
    }

    [Fact]
    public void A_tree_with_a_fault_makes_nothing()
    {
        var reply = Tree("bad");

        reply.Status.ShouldBe(400);
        reply.Body["hasErrors"]!.GetValue<bool>().ShouldBeTrue();
        var result = reply.Body["results"]!.AsArray().ShouldHaveSingleItem()!;
        result["referenceId"]!.ToString().ShouldBe("ref2");
        result["errors"]![0]!["statusCode"]!.ToString().ShouldBe("REQUIRED_FIELD_MISSING");
        _org.Column("SELECT Name FROM Account WHERE Name = 'Root'").ShouldBeEmpty();
    }

    private SetReply Tree(string child) => new RecordTrees(_routes, _org, "v66.0").Create("Account", JsonNode.Parse(
        $$"""
        {"records":[{"attributes":{"type":"Account","referenceId":"ref1"},"Name":"Root",
        "Contacts":{"records":[{"attributes":{"type":"Contact","referenceId":"ref2"},"LastName":"{{child}}"}]} }]}
        """));

    private SetReply Composite(string body) => _sets.Composite(JsonNode.Parse(body));

    private static string Three(bool allOrNone) =>
        $$"""
        {"allOrNone":{{(allOrNone ? "true" : "false")}},"collateSubrequests":false,"compositeRequest":[
        {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a","body":{"Name":"new a"} },
        {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"b","body":{"Name":"bad"} },
        {"method":"POST","url":"/services/data/v66.0/sobjects/Contact","referenceId":"c","body":{"LastName":"c","AccountId":"@{b.id}"} },
        {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"d","body":{"Name":"new d"} }]}
        """;

    private static string Calls(int count, string url) =>
        $$"""{"compositeRequest":[{{string.Join(',', Enumerable.Range(0, count).Select(number => $$"""{"method":"GET","url":"/services/data/v66.0/{{url}}","referenceId":"r{{number}}"}"""))}}]}""";

    private static JsonNode Part(SetReply reply, int index) => reply.Body["compositeResponse"]![index]!;

    private static IEnumerable<string> Statuses(SetReply reply) =>
        reply.Body["compositeResponse"]!.AsArray().Select(part => $"{part!["referenceId"]} {part["httpStatusCode"]}");
}
