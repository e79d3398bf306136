using FsCheck;
using FsCheck.Fluent;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Writeback;

namespace Liaison.HubSpot.Tests.Rights;

/// <summary>Whatever the policy, a caller gets what the CRM shows the user and the policy opens to the caller, and changes nothing outside.</summary>
public sealed class RandomPolicyTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["contact"] = ["*", "firstname", "first_name", "email", "mobilephone", "mobile_phone", "jobtitle", "job_title", "hs_email_open", "emails_opened", "city", "none_such"],
        ["company"] = ["*", "name", "domain", "annualrevenue", "annual_revenue"],
        ["deal"] = ["*", "dealname", "name", "amount", "dealstage"],
    };

    private static readonly string[] Written = ["jobtitle", "city", "mobilephone", "hubspot_owner_id"];

    private static readonly Gen<IReadOnlyDictionary<string, IReadOnlyList<string>>> Fields =
        from types in Gen.SubListOf("contact", "company", "deal")
        from names in Gen.CollectToArray(types, type => Gen.SubListOf(Names[type]))
        select (IReadOnlyDictionary<string, IReadOnlyList<string>>)types.Zip(names).ToDictionary(pair => pair.First, IReadOnlyList<string> (pair) => [.. pair.Second]);

    private static readonly Gen<IReadOnlyDictionary<string, IReadOnlyList<string>>> Closed =
        from name in Gen.Elements("mobile_phone", "email", "jobtitle", "city")
        from some in Gen.Elements(true, false, false)
        select (IReadOnlyDictionary<string, IReadOnlyList<string>>)(some ? new Dictionary<string, IReadOnlyList<string>> { ["contact"] = [name] } : []);

    private static readonly Gen<IReadOnlyDictionary<string, IReadOnlyDictionary<string, WriteLevel>>> Writes =
        from names in Gen.SubListOf([.. Written, "job_title"])
        from level in Gen.Elements(WriteLevel.Off, WriteLevel.DryRun, WriteLevel.Suggest)
        select (IReadOnlyDictionary<string, IReadOnlyDictionary<string, WriteLevel>>)new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
        {
            ["contact"] = names.ToDictionary(name => name, _ => level),
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_gets_or_changes_more_than_the_CRM_and_the_policy_give(bool mapped)
    {
        await using var portal = await RightsPortal.StartAsync(Token);
        var told = new Tally();

        Prop.ForAll(Cases(portal, mapped).ToArbitrary(), drawn => HoldsAsync(portal, drawn, mapped, told).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

        output.WriteLine($"{told.Cells} cells, {told.Refused} refused reads of fields, {told.Proposed} proposals taken, {told.Denied} refused");
        foreach (var type in RightsPortal.Types.Keys)
        {
            (await portal.WritesAsync(type, Token)).ShouldBe(0, type);
        }

        told.Proposed.ShouldBeGreaterThan(0);
        new[] { told.Cells, told.Refused, told.Denied }.ShouldAllBe(count => count > 50);
    }

    private static Gen<Drawn> Cases(RightsPortal portal, bool mapped) =>
        from user in Gen.Elements(portal.Users.Where(user => !mapped || user.Name != "none"))
        from actor in Gen.Elements("one", "two")
        from purpose in Gen.Elements("assistance", "research")
        from grants in GrantOf(user).ListOf(3)
        from sensitive in Gen.SubListOf("email", "job_title", "city")
        from covered in Fields
        from coversRead in Gen.Elements(true, false, false)
        from coversWrite in Gen.Elements(true, false, false)
        from allowed in Fields
        from allowsRead in Gen.Elements(true, false, false)
        from allowsWrite in Gen.Elements(true, false, false)
        from writes in Writes.Two()
        select new Drawn(user, actor, purpose, new PolicyOptions
        {
            Members = [new MemberOptions { Subject = user.Email, Roles = ["sales"] }],
            Grants = [.. grants, .. mapped ? [HidingOf(user)] : Array.Empty<GrantOptions>()],
            Purposes = new Dictionary<string, PurposeOptions>
            {
                ["research"] = new() { Read = coversRead ? covered : null, Write = coversWrite ? writes.Item1 : null },
            },
            Agents = new Dictionary<string, AgentOptions>
            {
                ["two"] = new() { Read = allowsRead ? allowed : null, Write = allowsWrite ? writes.Item2 : null },
            },
            Sensitive = new Dictionary<string, IReadOnlyDictionary<string, Sensitivity>>
            {
                ["contact"] = sensitive.ToDictionary(name => name, _ => Sensitivity.Sensitive),
            },
        });

    private static Gen<GrantOptions> GrantOf(UserRights user) =>
        from subject in Gen.Elements(user.Email, user.Email, "somebody@else.test", "")
        from actor in Gen.Elements("*", "one", "two")
        from purpose in Gen.Elements("assistance", "research").Two()
        from read in Fields
        from none in Closed
        from write in Writes
        select new GrantOptions
        {
            Subject = subject,
            Role = subject.Length == 0 ? "sales" : "",
            Actors = [actor],
            Purposes = [purpose.Item1, purpose.Item2],
            Connections = [RightsEngine.Portal.Value],
            Read = read,
            None = none,
            Write = write,
        };

    // Through the account's token the fields that the CRM hides from a role are the policy's to close.
    private static GrantOptions HidingOf(UserRights user) => new()
    {
        Subject = user.Email,
        Actors = ["*"],
        Purposes = ["assistance", "research"],
        Connections = [RightsEngine.Portal.Value],
        None = RightsPortal.Types.ToDictionary(type => type.Value, IReadOnlyList<string> (type) => [.. user.Hidden[type.Key]]),
    };

    private static async Task<bool> HoldsAsync(RightsPortal portal, Drawn drawn, bool mapped, Tally told)
    {
        await using var engine = new RightsEngine(portal, drawn.Policy, mapped ? RightsEngine.MappingOf(portal) : null);
        foreach (var type in new[] { "contacts", "companies", "deals" })
        {
            await ReadsHoldAsync(engine, portal, drawn, type, told);
        }

        await WritesHoldAsync(engine, portal, drawn, told);
        return true;
    }

    private static async Task ReadsHoldAsync(RightsEngine engine, RightsPortal portal, Drawn drawn, string type, Tally told)
    {
        var (user, caller, canonical) = (drawn.User, drawn.Caller, new RecordType(RightsPortal.Types[type]));
        var open = NaivePolicy.Readable(drawn.Policy, user.Email, drawn.Actor, drawn.Purpose, canonical.Name, portal.Properties[type].Except(user.Hidden[type]));
        var described = await engine.Gateway.DescribeAsync(caller, RightsEngine.Portal, canonical, Token);
        var fields = described.TryGet(out var schema, out _) ? schema.Fields.Values.Select(field => field.NativeName).ToList() : [];
        fields.Order().ShouldBe(open.Order());

        foreach (var closed in portal.Properties[type].Except(open).Where(name => Names[canonical.Name].Contains(name) || user.Hidden[type].Contains(name)))
        {
            (await engine.Gateway.QueryAsync(caller, new QueryRequest(RightsEngine.Portal, canonical, [closed]), Token)).Failure.ShouldNotBeNull();
            (await engine.Gateway.CountAsync(caller, new QueryRequest(RightsEngine.Portal, canonical, [], $"{closed} has a value"), Token)).Failure.ShouldNotBeNull();
            told.Refused++;
        }

        if (fields.Count == 0)
        {
            return;
        }

        var page = await engine.Gateway.QueryAsync(caller, new QueryRequest(RightsEngine.Portal, canonical, fields), Token);
        page.TryGet(out var found, out _).ShouldBeTrue();
        found!.Next.ShouldBeNull();
        found.Records.Select(record => record.Ref.Id).Order().ShouldBe(user.Visible[type].Order());
        foreach (var record in found.Records)
        {
            var cells = record.Fields.Values.Where(field => field.Raw.Raw is { Length: > 0 }).Select(field => (schema!.Fields[field.Name].NativeName, field.Raw.Raw!));
            var expected = portal.Truth[type][record.Ref.Id].Where(cell => open.Contains(cell.Key)).Select(cell => (cell.Key, cell.Value));
            cells.Order().ShouldBe(expected.Order());
            told.Cells += record.Fields.Count;
        }
    }

    private static async Task WritesHoldAsync(RightsEngine engine, RightsPortal portal, Drawn drawn, Tally told)
    {
        var user = drawn.User;
        var seen = portal.Truth["contacts"].Keys.Where(user.Visible["contacts"].Contains).Take(1);
        var unseen = portal.Truth["contacts"].Keys.Except(user.Visible["contacts"]).Take(1);
        foreach (var id in seen.Concat(unseen))
        {
            foreach (var property in Written)
            {
                var open = user.Visible["contacts"].Contains(id)
                    && property != "hubspot_owner_id"
                    && !user.Hidden["contacts"].Contains(property)
                    && !user.Locked["contacts"].Contains(property)
                    && NaivePolicy.IsWritable(drawn.Policy, user.Email, drawn.Actor, drawn.Purpose, "contact", property);
                var change = new ChangeAction.UpdateFields(
                    new RecordRef(RightsEngine.Portal, RecordType.Contact, id), [new FieldChange(property, new FieldValue.Text("Nobody had this before"))]);

                var proposed = await engine.Changes.ProposeAsync(drawn.Caller, new ChangeRequest(change, "A reason."), Token);

                // What is open may still be refused for its value; what is not may never be taken.
                (proposed.Failure is null && !open).ShouldBeFalse($"{user.Name} {property} of {id}");
                told.Proposed += proposed.Failure is null ? 1 : 0;
                told.Denied += proposed.Failure is null ? 0 : 1;
            }
        }
    }

    private sealed record Drawn(UserRights User, string Actor, string Purpose, PolicyOptions Policy)
    {
        public Liaison.Identity.Caller Caller => RightsEngine.CallerOf(User, Actor, Purpose);
    }

    private sealed class Tally
    {
        public int Cells { get; set; }

        public int Refused { get; set; }

        public int Proposed { get; set; }

        public int Denied { get; set; }
    }
}
