using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Record = Liaison.Model.Record;

namespace Liaison.HubSpot.Tests.Rights;

/// <summary>For every user, record type, record and field: what the gateway gives is what the CRM shows that user (R212).</summary>
public sealed class MatrixTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_gateway_gives_each_user_what_the_CRM_shows_them(bool mapped)
    {
        await using var portal = await RightsPortal.StartAsync(Token);
        await using var engine = Compose(portal, mapped);
        var cells = 0;
        foreach (var user in portal.Users)
        {
            foreach (var (type, canonical) in RightsPortal.Types)
            {
                cells += await CompareAsync(engine, portal, user, type, new RecordType(canonical), refused: mapped && user.Name == "none");
            }
        }

        output.WriteLine($"{cells} cells compared");
        cells.ShouldBeGreaterThan(50_000);
        portal.Users.Select(user => user.Visible["contacts"].Count).Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Links_are_given_where_the_user_sees_both_ends(bool mapped)
    {
        await using var portal = await RightsPortal.StartAsync(Token);
        await using var engine = Compose(portal, mapped);
        var pairs = 0;
        foreach (var user in portal.Users.Where(user => !mapped || user.Name != "none"))
        {
            foreach (var (from, to) in RightsPortal.Types.Keys.SelectMany(from => RightsPortal.Types.Keys.Where(to => to != from).Select(to => (from, to))))
            {
                if (portal.Truth[from].Count == 0 || portal.Truth[to].Count == 0)
                {
                    continue;
                }

                var truth = (await portal.LinksAsync(from, to, Token)).Where(pair => user.Visible[from].Contains(pair.From) && user.Visible[to].Contains(pair.To));
                var given = Ok(await engine.Gateway.AssociatedAsync(
                    RightsEngine.CallerOf(user), new AssociationRequest(RightsEngine.Portal, Canonical(from), Canonical(to), [.. portal.Truth[from].Keys]), Token));

                given.Select(link => (link.FromId, link.ToId)).Order().ShouldBe(truth.Order(), $"{user.Name} {from} {to}");
                pairs += given.Count;
            }
        }

        output.WriteLine($"{pairs} links compared");
        pairs.ShouldBeGreaterThan(500);
    }

    private static RightsEngine Compose(RightsPortal portal, bool mapped) =>
        new(portal, new PolicyOptions { Grants = [.. portal.Users.Select(user => GrantOf(user, mapped))] }, mapped ? RightsEngine.MappingOf(portal) : null);

    // The account's token knows nothing of fields that the CRM hides from a role: those the policy names.
    private static GrantOptions GrantOf(UserRights user, bool mapped) => new()
    {
        Subject = user.Email,
        Actors = ["matrix"],
        Purposes = ["assistance"],
        Connections = [RightsEngine.Portal.Value],
        Read = RightsPortal.Types.Values.ToDictionary(type => type, IReadOnlyList<string> (_) => ["*"]),
        None = mapped ? RightsPortal.Types.ToDictionary(type => type.Value, IReadOnlyList<string> (type) => [.. user.Hidden[type.Key]]) : [],
    };

    private static async Task<int> CompareAsync(
        RightsEngine engine, RightsPortal portal, UserRights user, string type, RecordType canonical, bool refused)
    {
        var caller = RightsEngine.CallerOf(user);
        var described = await engine.Gateway.DescribeAsync(caller, RightsEngine.Portal, canonical, Token);
        if (refused)
        {
            described.Failure.ShouldNotBeNull().DeniedBy.ShouldBe(DeniedBy.CrmUser);
            (await engine.Gateway.CountAsync(caller, new QueryRequest(RightsEngine.Portal, canonical, []), Token)).Failure.ShouldNotBeNull();
            return portal.Truth[type].Count * portal.Properties[type].Count;
        }

        var schema = Ok(described);
        var fields = schema.Fields.Values.Select(field => field.NativeName).Order(StringComparer.Ordinal).ToList();
        fields.ShouldBe(portal.Properties[type].Except(user.Hidden[type]).Order(StringComparer.Ordinal), Case.Sensitive, $"{user.Name} {type}");

        var expected = portal.Truth[type].Where(record => user.Visible[type].Contains(record.Key)).ToDictionary(
            record => record.Key, record => record.Value.Where(cell => !user.Hidden[type].Contains(cell.Key)).ToDictionary());
        Same(schema, await QueryAsync(engine, caller, canonical, fields), expected, $"{user.Name} {type} by query");
        var read = Ok(await engine.Gateway.ReadAsync(
            caller, new ReadRequest(RightsEngine.Portal, canonical, [.. portal.Truth[type].Keys], fields), Token));
        Same(schema, read.Records, expected, $"{user.Name} {type} by id");
        read.Missing.Order().ShouldBe(portal.Truth[type].Keys.Except(expected.Keys).Order());
        (await CountAsync(engine, caller, canonical, null)).ShouldBe(expected.Count);

        // What a filter finds shows what a field holds, so that each is a reading of it.
        foreach (var field in fields)
        {
            (await CountAsync(engine, caller, canonical, $"{field} has a value"))
                .ShouldBe(expected.Count(record => record.Value.ContainsKey(field)), $"{user.Name} {type}.{field}");
        }

        foreach (var hidden in user.Hidden[type])
        {
            await HiddenAsync(engine, caller, canonical, schema.Fields.Values.First().NativeName, hidden);
        }

        return portal.Truth[type].Count * portal.Properties[type].Count;
    }

    private static async Task HiddenAsync(RightsEngine engine, Caller caller, RecordType type, string known, string hidden)
    {
        var asked = await engine.Gateway.QueryAsync(caller, new QueryRequest(RightsEngine.Portal, type, [hidden]), Token);
        var filtered = await engine.Gateway.CountAsync(caller, new QueryRequest(RightsEngine.Portal, type, [known], $"{hidden} has a value"), Token);
        var unknown = await engine.Gateway.CountAsync(caller, new QueryRequest(RightsEngine.Portal, type, [known], "shoe_size has a value"), Token);

        asked.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        Blank(filtered.Failure.ShouldNotBeNull().Message, hidden).ShouldBe(Blank(unknown.Failure.ShouldNotBeNull().Message, "shoe_size"));
    }

    private static string Blank(string message, string name) =>
        message.Replace(name, "…", StringComparison.Ordinal).Replace(name.Replace('_', ' '), "…", StringComparison.Ordinal);

    private static void Same(
        RecordSchema schema, IReadOnlyList<Record> given, Dictionary<string, Dictionary<string, string>> expected, string where)
    {
        given.Select(record => record.Ref.Id).Order().ShouldBe(expected.Keys.Order(), where);
        foreach (var record in given)
        {
            var cells = record.Fields.Values
                .Where(field => field.Raw.Raw is { Length: > 0 })
                .Select(field => (schema.Fields[field.Name].NativeName, field.Raw.Raw!));
            cells.Order().ShouldBe(expected[record.Ref.Id].Select(cell => (cell.Key, cell.Value)).Order(), $"{where} {record.Ref.Id}");
        }
    }

    private static async Task<List<Record>> QueryAsync(RightsEngine engine, Caller caller, RecordType type, IReadOnlyList<string> fields)
    {
        var records = new List<Record>();
        string? cursor = null;
        do
        {
            var page = Ok(await engine.Gateway.QueryAsync(caller, new QueryRequest(RightsEngine.Portal, type, fields, Cursor: cursor, PageSize: 70), Token));
            records.AddRange(page.Records);
            cursor = page.Next;
        }
        while (cursor is not null);

        return records;
    }

    private static async Task<long> CountAsync(RightsEngine engine, Caller caller, RecordType type, string? where) =>
        Ok(await engine.Gateway.CountAsync(caller, new QueryRequest(RightsEngine.Portal, type, [], where), Token));

    private static RecordType Canonical(string type) => new(RightsPortal.Types[type]);

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
