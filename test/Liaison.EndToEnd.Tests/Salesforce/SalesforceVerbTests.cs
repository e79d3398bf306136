using System.Text.Json;
using System.Xml.Linq;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Salesforce;

/// <summary>From nothing to the first read of a Salesforce org, by the command line alone.</summary>
public sealed class SalesforceVerbTests
{
    private const string ClientId = "3MVG9liaison.demo.client.app";

    private static readonly XNamespace Metadata = "http://soap.sforce.com/2006/04/metadata";

    [Fact]
    public async Task A_connection_by_assertion_is_added_tested_and_read_through()
    {
        using var place = new Workplace();
        await using var crm = await StartAsync(place);
        place.WithSalesforce(crm.Address);
        var app = await crm.GetAsync("_emulator/app");
        var key = place.Write("app.pem", app.GetProperty("privateKey").GetString()!);

        var added = await place.RunAsync(
            "connect", "add", "signed", "--crm", "salesforce", "--environment", "sandbox", "--base-url", $"{crm.Address}", "--jwt",
            "--client-id", ClientId, "--private-key", $"file:{key}", "--username", app.GetProperty("runAs").GetString()!);
        place.WithSalesforce(crm.Address, added: ", signed");
        var tested = await place.JsonAsync("connect", "test", "signed");
        var described = await place.JsonAsync("describe", "signed", "contact");
        var page = await place.JsonAsync("search", "signed", "contact", "--where", "lead status is New", "--limit", "5");
        var id = page.GetProperty("records")[0].GetProperty("id").GetString()!;
        var one = await place.JsonAsync("get", "signed", "contact", id);

        added.ShouldEndWith(0).Output.ShouldContain("read-only");
        tested.GetProperty("accountId").GetString().ShouldStartWith("00D");
        tested.GetProperty("missing").GetArrayLength().ShouldBe(0);
        Names(described).ShouldContain("lead_status");
        page.GetProperty("records").GetArrayLength().ShouldBe(5);
        one.GetProperty("id").GetString().ShouldBe(id);
        one.GetProperty("fields").GetProperty("lead_status").ToString().ShouldContain("New");
    }

    [Fact]
    public async Task A_wrong_key_is_told_with_what_mends_it()
    {
        using var place = new Workplace();
        await using var crm = await StartAsync(place);
        place.WithSalesforce(crm.Address);
        using var other = System.Security.Cryptography.RSA.Create(2048);
        await place.RunAsync(
            "connect", "add", "signed", "--crm", "salesforce", "--environment", "sandbox", "--base-url", $"{crm.Address}", "--jwt",
            "--client-id", ClientId, "--private-key", $"file:{place.Write("other.pem", other.ExportPkcs8PrivateKeyPem())}", "--username", "integration@liaison.test");
        place.WithSalesforce(crm.Address, added: ", signed");

        var tested = await place.RunAsync("connect", "test", "signed");

        tested.ShouldEndWith(1).Errors.ShouldContain("credentials.app.privateKey");
        tested.Everything.ShouldNotContain("PRIVATE KEY");
    }

    [Fact]
    public async Task The_package_of_missing_fields_defines_what_the_plan_then_finds()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartSalesforceAsync(place.Folder, "--contacts", "20", "--companies", "5", "--limits", "off");
        place.WithSalesforce(crm.Address);
        var folder = Path.Combine(place.Folder, "package");

        var applied = await place.RunAsync("fields", "apply", Workplace.Connection);
        var planned = await place.RunAsync("fields", "plan", Workplace.Connection, "--package", folder);
        var fields = XDocument.Load(Path.Combine(folder, "objects", "Contact.object")).Root!.Elements(Metadata + "fields").ToList();
        foreach (var field in fields)
        {
            await crm.PostAsync("_emulator/schema", DeployedAs(field));
        }

        var after = await place.JsonAsync("fields", "plan", Workplace.Connection);
        var again = await place.RunAsync("fields", "plan", Workplace.Connection, "--package", Path.Combine(place.Folder, "again"));

        applied.ShouldEndWith(1).Errors.ShouldContain("--package");
        planned.ShouldEndWith(0).Output.ShouldContain("sf project deploy start --metadata-dir");
        after.EnumerateArray().Select(step => step.GetProperty("state").GetString()).ShouldAllBe(state => state == "Present");
        again.ShouldEndWith(0).Output.ShouldContain("Nothing is missing");
        var members = XDocument.Load(Path.Combine(folder, "package.xml")).Root!.Descendants(Metadata + "members").Select(member => member.Value).ToList();
        members.ShouldBe([.. fields.Select(field => $"Contact.{Text(field, "fullName")}"), "Liaison_AI_Fields"]);
        XDocument.Load(Path.Combine(folder, "permissionsets", "Liaison_AI_Fields.permissionset")).Root!.Elements(Metadata + "fieldPermissions").Count().ShouldBe(fields.Count);
    }

    [Fact]
    public async Task Each_user_sees_what_the_org_shows_that_user()
    {
        using var place = new Workplace();
        await using var crm = await StartAsync(place);
        place.WithSalesforce(crm.Address);

        var all = await SearchAsync(place, Workplace.Manager);
        var seen = await SearchAsync(place, Workplace.Rep);
        var hidden = all.Except(seen).First();
        var refused = await place.RunAsync("get", Workplace.Connection, "contact", hidden, "--as", Workplace.Rep);
        var unknown = await place.RunAsync("get", Workplace.Connection, "contact", "003000000000999AAA", "--as", Workplace.Rep);
        var field = await place.RunAsync("search", Workplace.Connection, "contact", "--where", "mobile phone has a value", "--as", Workplace.Rep);
        var typo = await place.RunAsync("search", Workplace.Connection, "contact", "--where", "mobile fone has a value", "--as", Workplace.Rep);
        var nobody = await place.RunAsync("search", Workplace.Connection, "contact", "--where", "lead status is New", "--as", Workplace.Nobody);

        seen.ShouldNotBeEmpty();
        seen.ShouldBeSubsetOf(all);
        refused.ShouldEndWith(1).Errors.Replace(hidden, "003000000000999AAA", StringComparison.Ordinal).ShouldBe(unknown.ShouldEndWith(1).Errors);
        field.Code.ShouldBe(typo.Code);
        field.Errors.Replace("phone", "fone", StringComparison.Ordinal).ShouldBe(typo.Errors);
        nobody.Code.ShouldNotBe(0);
    }

    private static string? Text(XElement field, string name) => field.Element(Metadata + name)?.Value;

    // What an organisation shows of a field that was deployed so.
    private static object DeployedAs(XElement field) => new
    {
        @object = "Contact",
        action = "add",
        field = new
        {
            name = Text(field, "fullName"),
            label = Text(field, "label"),
            type = Text(field, "type") switch
            {
                "Number" => "double",
                "DateTime" => "datetime",
                "Picklist" => "picklist",
                "LongTextArea" => "textarea",
                "Text" => "string",
                var other => other,
            },
            length = int.Parse(Text(field, "length") ?? "255", System.Globalization.CultureInfo.InvariantCulture),
            externalId = Text(field, "externalId") == "true",
            restricted = field.Element(Metadata + "valueSet") is not null,
            values = field.Element(Metadata + "valueSet") is { } set
                ? string.Join(',', set.Descendants(Metadata + "value").Select(value => $"{Text(value, "fullName")}:{Text(value, "label")}"))
                : null,
        },
    };

    private static Task<Emulator> StartAsync(Workplace place) =>
        Emulator.StartSalesforceAsync(place.Folder, "--contacts", "80", "--companies", "20", "--ai-fields", "--limits", "off");

    private static async Task<List<string>> SearchAsync(Workplace place, string subject)
    {
        var page = await place.JsonAsync("search", Workplace.Connection, "contact", "--where", "lead status is New", "--limit", "100", "--as", subject);
        return [.. page.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("id").GetString()!)];
    }

    private static IEnumerable<string?> Names(JsonElement fields) => fields.EnumerateArray().Select(field => field.GetProperty("name").GetString());
}
