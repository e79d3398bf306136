using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liaison.Cli.Hosting;
using Liaison.Connectors;

namespace Liaison.House.Tests.Canaries;

/// <summary>What people wrote about people, in every place of a CRM's bodies where it can stand, never comes into the call log (R147).</summary>
public sealed class MaskedBodyTests
{
    private const int Longest = 1_000_000;

    /// <summary>Bodies as the CRMs speak them; # stands for what a person wrote.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        { "hubspot", """{"inputs":[{"id":"501","properties":{"email":"#","phone":"#","ai_qualification_rationale":"#"}}]}""" },
        { "hubspot", """{"inputs":[{"id":"#","idProperty":"email","properties":{"status":"#","code":"#","category":"#","id":"#"}}]}""" },
        { "hubspot", """{"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ","value":"#"},{"propertyName":"city","operator":"IN","values":["#","#"]}]}],"query":"#","properties":["email"],"sorts":["#"]}""" },
        { "hubspot", """{"results":[{"id":"501","properties":{"firstname":"#"},"propertiesWithHistory":{"lastname":[{"value":"#","sourceId":"#"}]},"url":"#"}],"total":1}""" },
        { "hubspot", """{"status":"error","message":"Property values were not valid: [{\"isValid\":false,\"message\":\"#\"}]","correlationId":"aeb5f871-7f07-4993-9211-075dc63e7cbf","category":"VALIDATION_ERROR","errors":[{"message":"#","code":"INVALID_EMAIL","context":{"propertyName":["email"],"value":["#"]}}]}""" },
        { "hubspot", """{"results":[{"id":"7","email":"#","firstName":"#","lastName":"#","teams":[{"id":"1","name":"#"}]}]}""" },
        { "salesforce", """{"allOrNone":false,"records":[{"attributes":{"type":"Contact"},"Id":"003xx000003DGb2AAG","LastName":"#","Email":"#","Status":"#","Description":"#"}]}""" },
        { "salesforce", """{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Contact","url":"#"},"Name":"#","Account":{"Name":"#"}}]}""" },
        { "salesforce", """[{"id":"003xx000003DGb2AAG","success":false,"errors":[{"statusCode":"DUPLICATES_DETECTED","message":"#","fields":["Email"]}]}]""" },
        { "salesforce", """{"compositeRequest":[{"method":"GET","url":"#","referenceId":"a","body":{"LastName":"#"}}]}""" },
        { "salesforce", """{"a":"#","deep":[[["#",{"x":{"y":"#"}}]]]}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void No_text_of_a_person_is_kept(string crm, string body)
    {
        var mask = new MaskedBody(BodiesOf(crm), new HashSet<string>(), Longest);
        var shape = body.Replace("#", "", StringComparison.Ordinal);
        var leaked = new List<string>();
        foreach (var text in PersonalTexts())
        {
            var filled = Encoding.UTF8.GetBytes(body.Replace("#", Escaped(text), StringComparison.Ordinal));
            var ids = new RecordIds();
            var kept = mask.Read(filled, "application/json", keep: true, isRequest: true, ids).ShouldNotBeNull();
            kept.ShouldNotContain("not JSON");
            if ((kept.Contains(text, StringComparison.OrdinalIgnoreCase) && !shape.Contains(text, StringComparison.OrdinalIgnoreCase)) || ids.All.Contains(text))
            {
                leaked.Add($"{text}: {kept}");
            }
        }

        leaked.Take(5).ShouldBeEmpty();
    }

    [Fact]
    public void What_an_operator_needs_stays()
    {
        const string Refused = """
            {"status":"error","message":"This app hasn't been granted all required scopes","correlationId":"aeb5f871","category":"MISSING_SCOPES",
             "errors":[{"message":"One or more of the following scopes are required.","context":{"requiredGranularScopes":["crm.objects.contacts.write"]}}]}
            """;
        var ids = new RecordIds();

        var kept = Hubspot().Read(Encoding.UTF8.GetBytes(Refused), null, keep: true, isRequest: false, ids);

        kept.ShouldBe("""{"status":"error","message":"[text 48]","correlationId":"aeb5f871","category":"MISSING_SCOPES","errors":[{"message":"[text 49]","context":{"requiredGranularScopes":["crm.objects.contacts.write"]}}]}""");
    }

    [Fact]
    public void Ids_of_records_are_gathered_and_values_that_look_like_ids_are_not()
    {
        var ids = new RecordIds();
        var byKey = new RecordIds();

        Hubspot().Read("""{"results":[{"id":"501","properties":{"phone":"491701234567","id":"77"}},{"toObjectId":42}]}"""u8, null, keep: false, isRequest: false, ids);
        Hubspot().Read("""{"idProperty":"phone","inputs":[{"id":"491701234567"}]}"""u8, "application/json", keep: false, isRequest: true, byKey);

        ids.All.ShouldBe(["501", "42"]);
        byKey.All.ShouldBeEmpty();
    }

    [Fact]
    public void Forms_other_bodies_and_cut_ones_tell_their_shape_only()
    {
        var mask = Hubspot();

        mask.Read("grant_type=refresh_token&refresh_token=na1-secret&client_secret=hush"u8, "application/x-www-form-urlencoded", true, true, new RecordIds())
            .ShouldBe("grant_type=refresh_token&refresh_token=[text 10]&client_secret=[text 4]");
        mask.Read("Id,Email\n1,ada@acme.test"u8, "text/csv", true, true, new RecordIds()).ShouldBe("[not JSON, 24 bytes]");
        mask.Read("""{"results":[{"email":"ada@ac"""u8, null, true, false, new RecordIds()).ShouldBe("""{"results":[{"email":[not JSON, 28 bytes]""");
        mask.Read([], null, true, false, new RecordIds()).ShouldBeNull();
    }

    [Fact]
    public void A_long_body_is_cut_and_its_ids_are_found_all_the_same()
    {
        var records = Enumerable.Range(1, 200).Select(number => $"{{\"id\":\"{number}\",\"properties\":{{\"email\":\"x\"}}}}");
        var body = $"{{\"results\":[{string.Join(',', records)}]}}";
        var ids = new RecordIds();

        var kept = new MaskedBody(BodiesOf("hubspot"), new HashSet<string>(), 100).Read(Encoding.UTF8.GetBytes(body), null, true, false, ids).ShouldNotBeNull();

        kept.Length.ShouldBe(101);
        kept.ShouldEndWith("…");
        ids.All.Count.ShouldBe(200);
    }

    [Fact]
    public void A_field_that_the_configuration_shows_is_shown_as_a_word_and_never_as_a_sentence()
    {
        var mask = new MaskedBody(BodiesOf("hubspot"), new HashSet<string> { "lifecyclestage" }, Longest);

        mask.Read("""{"properties":{"lifecyclestage":"lead","email":"a@b.test"}}"""u8, null, true, false, new RecordIds())
            .ShouldBe("""{"properties":{"lifecyclestage":"lead","email":"[text 8]"}}""");
        mask.Read("""{"properties":{"lifecyclestage":"call Ada"}}"""u8, null, true, false, new RecordIds())
            .ShouldBe("""{"properties":{"lifecyclestage":"[text 8]"}}""");
    }

    private static MaskedBody Hubspot() => new(BodiesOf("hubspot"), new HashSet<string>(), Longest);

    private static BodyDescriptor BodiesOf(string crm) =>
        InstallationSettings.Connectors.Concat([new Salesforce.SalesforceConnector()]).First(connector => connector.Descriptor.Name == crm).Descriptor.Bodies;

    private static string Escaped(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    // Whole cells and lines: single letters and numbers of two digits stand in every length that is told.
    private static IEnumerable<string> PersonalTexts() => Texts().Select(text => text.Trim()).Where(text => text.Length >= 4).Distinct(StringComparer.Ordinal).Take(4_000);

    private static IEnumerable<string> Texts()
    {
        foreach (var file in new[] { "splink-fake-1000/fake_1000.csv", "febrl-person-dedupe/dataset1.csv" })
        {
            foreach (var line in File.ReadLines(SharedFile(file)).Skip(1).Take(250))
            {
                foreach (var cell in line.Split(',').Append(line))
                {
                    yield return cell;
                }
            }
        }

        foreach (var mail in new[] { "email_1_1.txt", "email_1_2.txt", "email_2_1.txt", "email_iPhone.txt", "pathological.txt" })
        {
            foreach (var line in File.ReadLines(SharedFile($"email-replies/plain/{mail}")))
            {
                yield return line;
            }
        }
    }

    // Where the data is not at hand the test is skipped, and fails where it must not be.
    private static string SharedFile(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "data", relative) is var path && File.Exists(path))
            {
                return path;
            }
        }

        Environment.GetEnvironmentVariable("CI").ShouldBeNullOrEmpty($"shared/data/{relative} is needed here.");
        Assert.Skip($"shared/data/{relative} is not at hand.");
        return "";
    }
}
