using Liaison.Emulators.World;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Salesforce.Tests.Emulated;
using Record = Liaison.Model.Record;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>For every user, record type, record and field: what the gateway gives is what the org shows that user (R212).</summary>
public sealed class MatrixTests(ITestOutputHelper output)
{
    private static readonly string[] Taken = ["Phone"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_gateway_gives_each_user_what_the_org_shows_them()
    {
        await using var org = await StartAsync();
        var truth = await OrgTruth.OfAsync(org, Token);
        await using var engine = Compose(org, truth);
        var cells = 0;
        foreach (var user in truth.Users)
        {
            foreach (var (type, canonical) in OrgTruth.Types)
            {
                cells += await CompareAsync(engine, truth, user, type, new RecordType(canonical));
            }
        }

        output.WriteLine($"{cells} cells compared");
        cells.ShouldBeGreaterThan(50_000);
        truth.Users.Select(user => user.Visible["Contact"].Count).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task A_session_that_stays_open_sees_a_right_that_is_taken_away()
    {
        await using var org = await StartAsync();
        var truth = await OrgTruth.OfAsync(org, Token);
        await using var engine = Compose(org, truth);
        var rep = truth.Users.Single(user => user.Name == "rep-north");
        var (caller, request) = (OrgEngine.User(rep.Username), new QueryRequest(OrgEngine.Org, RecordType.Contact, ["email", "phone"]));
        var before = Ok(await engine.Gateway.QueryAsync(caller, request, Token));

        (await org.PostAsync("/_emulator/rights", new { profile = "Rep", @object = "Contact", hide = Taken }, Token)).Dispose();
        var after = Ok(await engine.Gateway.QueryAsync(caller, request, Token));

        // The field was known a moment ago; that the org no longer shows it is told by the record and costs none of it.
        before.Records.ShouldContain(record => record["phone"] != null && !record["phone"]!.IsEmpty);
        after.Records.Count.ShouldBe(before.Records.Count);
        after.Records.ShouldAllBe(record => record["phone"] == null);
    }

    private static async Task<int> CompareAsync(OrgEngine engine, OrgTruth truth, UserRights user, string type, RecordType canonical)
    {
        var caller = OrgEngine.User(user.Username);
        var described = await engine.Gateway.DescribeAsync(caller, OrgEngine.Org, canonical, Token);
        if (user.Unreadable.Contains(type))
        {
            described.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound, $"{user.Name} {type}");
            return truth.Records[type].Count * truth.Fields[type].Count;
        }

        var schema = Ok(described);
        var fields = schema.Fields.Values.Select(field => field.NativeName).Where(truth.Fields[type].Contains).Order(StringComparer.Ordinal).ToList();
        fields.ShouldBe(truth.Fields[type].Except(user.Hidden[type]).Order(StringComparer.Ordinal), Case.Sensitive, $"{user.Name} {type}");

        var expected = truth.Records[type].Where(record => user.Visible[type].Contains(record.Key)).ToDictionary(
            record => record.Key, record => record.Value.Where(cell => !user.Hidden[type].Contains(cell.Key)).ToDictionary());
        Same(schema, await QueryAsync(engine, caller, canonical, fields), expected, $"{user.Name} {type} by query");
        var read = Ok(await engine.Gateway.ReadAsync(caller, new ReadRequest(OrgEngine.Org, canonical, [.. truth.Records[type].Keys], fields), Token));
        Same(schema, read.Records, expected, $"{user.Name} {type} by id");
        read.Missing.Order().ShouldBe(truth.Records[type].Keys.Except(expected.Keys).Order());
        (await CountAsync(engine, caller, canonical, null)).ShouldBe(expected.Count);

        // What a filter finds shows what a field holds, so that each is a reading of it.
        foreach (var field in schema.Fields.Values.Where(field => field.Type is FieldType.Option or FieldType.Reference or FieldType.Number))
        {
            (await CountAsync(engine, caller, canonical, $"{field.NativeName} has a value"))
                .ShouldBe(expected.Count(record => record.Value.ContainsKey(field.NativeName)), $"{user.Name} {type}.{field.NativeName}");
        }

        foreach (var hidden in user.Hidden[type])
        {
            await HiddenAsync(engine, caller, canonical, hidden);
        }

        return truth.Records[type].Count * truth.Fields[type].Count;
    }

    private static async Task HiddenAsync(OrgEngine engine, Caller caller, RecordType type, string hidden)
    {
        var asked = await engine.Gateway.QueryAsync(caller, new QueryRequest(OrgEngine.Org, type, [hidden]), Token);
        var filtered = await engine.Gateway.CountAsync(caller, new QueryRequest(OrgEngine.Org, type, [], $"{hidden} has a value"), Token);
        var unknown = await engine.Gateway.CountAsync(caller, new QueryRequest(OrgEngine.Org, type, [], "shoe_size has a value"), Token);

        asked.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        Blank(filtered.Failure.ShouldNotBeNull().Message, hidden).ShouldBe(Blank(unknown.Failure.ShouldNotBeNull().Message, "shoe_size"));
    }

    // The filter language takes underscores for spaces.
    private static string Blank(string message, string name) =>
        message.Replace(name, "…", StringComparison.Ordinal).Replace(name.Replace("__", "_", StringComparison.Ordinal).Replace('_', ' '), "…", StringComparison.Ordinal);

    private static void Same(
        RecordSchema schema, IReadOnlyList<Record> given, Dictionary<string, Dictionary<string, string>> expected, string where)
    {
        given.Select(record => record.Ref.Id).Order().ShouldBe(expected.Keys.Order(), where);
        foreach (var record in given)
        {
            var cells = record.Fields.Values
                .Where(field => field.Raw.Raw is { Length: > 0 })
                .Select(field => (schema.Fields[field.Name].NativeName, field.Raw.Raw!))
                .Where(cell => expected[record.Ref.Id].ContainsKey(cell.NativeName) || !schema.ByNativeName[cell.NativeName].NativeType.Equals("address", StringComparison.Ordinal));
            cells.Order().ShouldBe(expected[record.Ref.Id].Select(cell => (cell.Key, cell.Value)).Order(), $"{where} {record.Ref.Id}");
        }
    }

    private static async Task<List<Record>> QueryAsync(OrgEngine engine, Caller caller, RecordType type, IReadOnlyList<string> fields)
    {
        var records = new List<Record>();
        string? cursor = null;
        do
        {
            var page = Ok(await engine.Gateway.QueryAsync(caller, new QueryRequest(OrgEngine.Org, type, fields, Cursor: cursor, PageSize: 70), Token));
            records.AddRange(page.Records);
            cursor = page.Next;
        }
        while (cursor is not null);

        return records;
    }

    private static async Task<long> CountAsync(OrgEngine engine, Caller caller, RecordType type, string? where) =>
        Ok(await engine.Gateway.CountAsync(caller, new QueryRequest(OrgEngine.Org, type, [], where), Token));

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        WorldGenerator.Generate(new WorldOptions { Now = SmallWorld.Now, Contacts = 120, Companies = 30, NewLeads = 40, ActivitiesPerContact = 1.2 }),
        Token,
        configure: options => options.AiFields = true);

    private static OrgEngine Compose(EmulatedOrg org, OrgTruth truth)
    {
        var connection = new ConnectionOptions
        {
            Crm = "salesforce",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = org.Address,
            Share = 1,
            Credentials = new CredentialOptions
            {
                Users = truth.Users.ToDictionary(user => user.Username, user => new SignInOptions { Token = $"env:{EnvironmentName(user)}" }),
            },
        };
        return new(
            connection,
            truth.Users.ToDictionary(EnvironmentName, user => user.Token),
            OrgEngine.Reading(truth.Users.Select(user => user.Username), [.. OrgTruth.Types.Values]));
    }

    private static string EnvironmentName(UserRights user) => user.Name.Replace('-', '_').ToUpperInvariant();

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
