using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Soql.Answers;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Searching;

namespace Liaison.Emulators.Tests.Salesforce.Soql;

public sealed class SearchTests
{
    private readonly SoqlOrg _org = new();
    private readonly SearchResource _search = new(TimeSpan.FromSeconds(10));

    public SearchTests()
    {
        var accounts = _org.Add("Account", "001", new SoqlField("Name", SoqlType.String), new SoqlField("Phone", SoqlType.Phone), new SoqlField("SystemModstamp", SoqlType.DateTime));
        var contacts = _org.Add("Contact", "003", new SoqlField("LastName", SoqlType.String), new SoqlField("Email", SoqlType.Email), new SoqlField("SystemModstamp", SoqlType.DateTime));
        accounts.Insert(("Name", "Acme Steel"), ("Phone", "555 1234"), ("SystemModstamp", SoqlOrg.Now.AddHours(-1)));
        accounts.Insert(("Name", "Acmeo"), ("SystemModstamp", SoqlOrg.Now.AddHours(-2)));
        accounts.Insert(("Name", "Acme too new"), ("SystemModstamp", SoqlOrg.Now.AddSeconds(-9)));
        contacts.Insert(("LastName", "Steel"), ("Email", "someone@acme.test"), ("SystemModstamp", SoqlOrg.Now.AddHours(-1)));
    }

    [Theory]
    [InlineData("FIND {acme} RETURNING Account(Name)", "Acme Steel,Acmeo")]
    [InlineData("FIND {acme steel} RETURNING Account(Name), Contact(LastName)", "Acme Steel,Steel")]
    [InlineData("find {acme} in name fields returning Account(Name), Contact(LastName)", "Acme Steel,Acmeo")]
    [InlineData("FIND {acme} IN EMAIL FIELDS RETURNING Account(Name), Contact(LastName)", "Steel")]
    [InlineData("FIND {ac?e} RETURNING Account(Name WHERE Phone != null)", "Acme Steel")]
    [InlineData("FIND {*eo} RETURNING Account(Name)", "Acmeo")]
    [InlineData("FIND {acme} RETURNING Account(Name ORDER BY Name DESC LIMIT 1)", "Acmeo")]
    [InlineData("FIND {acme} RETURNING Account(Name), Contact(LastName) LIMIT 1", "Acme Steel")]
    [InlineData(@"FIND {someone\@acme\.test} RETURNING Contact(LastName)", "Steel")]
    [InlineData("FIND {nobody} RETURNING Account(Name)", "")]
    public void Words_are_found_where_they_are_looked_for(string statement, string names) =>
        Names(Find(statement)).ShouldBe(names.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Without_RETURNING_the_ids_of_all_that_is_found_come_back() =>
        Find("FIND {acme}")["searchRecords"]!.AsArray().Select(record => record!["attributes"]!["type"]!.ToString()).ShouldBe(["Account", "Account", "Contact"]);

    [Theory]
    [InlineData("acme", "MALFORMED_SEARCH", "No search term found. The search term must be enclosed in braces.")]
    [InlineData("FIND {a}", "MALFORMED_SEARCH", "search term must be longer than one character: a")]
    [InlineData("FIND {acme} RETURNING Account(", "MALFORMED_SEARCH", "unexpected token: 'Account('")]
    [InlineData("FIND {acme} RETURNING Account(Nme)", "INVALID_FIELD", "No such column 'Nme'")]
    [InlineData("FIND {acme} RETURNING Nothing(Id)", "INVALID_TYPE", "sObject type 'Nothing' is not supported")]
    public void A_search_that_asks_the_impossible_is_refused(string statement, string code, string message)
    {
        var fault = _search.Find(Call, statement, out _).ShouldNotBeNull();

        fault.ErrorCode.ShouldBe(code);
        fault.Message.ShouldContain(message);
    }

    [Fact]
    public void Parameters_say_the_same_as_a_statement()
    {
        var given = new Dictionary<string, string[]> { ["q"] = ["acme"], ["sobject"] = ["Account", "Contact"], ["Account.fields"] = ["Name"], ["Account.limit"] = ["1"], ["fields"] = ["LastName"] };
        var body = JsonDocument.Parse("""{"q":"acme","fields":["LastName"],"sobjects":[{"name":"Account","fields":["Name"],"limit":1},{"name":"Contact"}]}""").RootElement;

        Names(Run(ParameterizedSearch.Read(name => given.GetValueOrDefault(name, [])))).ShouldBe(["Acme Steel", "Steel"]);
        Names(Run(ParameterizedSearch.Read(body))).ShouldBe(["Acme Steel", "Steel"]);
    }

    private QueryCall Call => new(_org, "005", SoqlAnswers.Root);

    private static string?[] Names(JsonNode answer) => [.. answer["searchRecords"]!.AsArray().Select(record => (record!["Name"] ?? record["LastName"])?.ToString())];

    private JsonNode Find(string statement)
    {
        _search.Find(Call, statement, out var answer).ShouldBeNull(statement);
        return Read(answer);
    }

    private JsonNode Run(SearchRequest request)
    {
        _search.Run(Call, request, out var answer).ShouldBeNull();
        return Read(answer);
    }

    private static JsonNode Read(Action<Utf8JsonWriter> answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            answer(json);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
