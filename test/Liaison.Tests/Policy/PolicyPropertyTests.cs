using FsCheck;
using FsCheck.Fluent;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Tests.Policy;

public sealed class PolicyPropertyTests
{
    private static readonly FieldDefinition[] Fields =
    [
        .. from name in new[] { "email", "ai_score", "health" }
           from sensitivity in Enum.GetValues<Sensitivity>()
           select new FieldDefinition(name, $"mem_{name}", name, FieldType.Text) { Sensitivity = sensitivity },
    ];

    private static readonly Gen<string> Names = Gen.Elements("*", "email", "mem_email", "ai_score", "mem_ai_score", "health", "mem_health", "other");

    private static readonly Gen<GrantOptions> Grants =
        from actor in Gen.Elements("*", "qualify", "claude")
        from purpose in Gen.Elements("qualification", "assistance")
        from connection in Gen.Elements("demo", "other")
        from type in Gen.Elements("contact", "deal")
        from administer in ArbMap.Default.GeneratorFor<bool>()
        from read in Names.ListOf(2)
        from write in Names.Two()
        from levels in Gen.Elements(Enum.GetValues<WriteLevel>()).Two()
        select new GrantOptions
        {
            Subject = "qualification",
            Actors = [actor],
            Purposes = [purpose],
            Connections = [connection],
            Administer = administer,
            Read = new Dictionary<string, IReadOnlyList<string>> { [type] = [.. read] },
            Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
            {
                [type] = new Dictionary<string, WriteLevel> { [write.Item1] = levels.Item1, [write.Item2] = levels.Item2 },
            },
        };

    [Fact]
    public void A_permit_allows_no_field_that_no_fitting_grant_names()
    {
        var cases = from grants in Grants.ListOf(4)
                    from access in Gen.Elements(Enum.GetValues<Access>())
                    select (Grants: grants.ToList(), Access: access);

        Prop.ForAll(cases.ToArbitrary(), drawn =>
            !PolicyEngineTests.Judge(drawn.Grants, access: drawn.Access).TryGet(out var permit, out _)
            || Fields.All(field =>
                (!permit.MayRead(field) || Fitting(drawn.Grants).Any(grant => NamesToRead(grant, field)))
                && permit.LevelOf(field) <= WidestOf(Fitting(drawn.Grants), field)))
            .QuickCheckThrowOnFailure();
    }

    private static IEnumerable<GrantOptions> Fitting(IEnumerable<GrantOptions> grants) => grants.Where(grant =>
        grant.Connections.Contains("demo")
        && grant.Purposes.Contains("qualification")
        && grant.Actors.Intersect(["*", "qualify"]).Any());

    private static bool NamesToRead(GrantOptions grant, FieldDefinition field) =>
        grant.Read.TryGetValue("contact", out var names)
        && names.Any(name => name == field.Name || name == field.NativeName || (name == "*" && field.Sensitivity == Sensitivity.Normal));

    private static WriteLevel WidestOf(IEnumerable<GrantOptions> grants, FieldDefinition field) => grants
        .SelectMany(grant => grant.Write.GetValueOrDefault("contact") ?? new Dictionary<string, WriteLevel>())
        .Where(entry => entry.Key == field.Name || entry.Key == field.NativeName)
        .Select(entry => entry.Value)
        .Append(WriteLevel.Off)
        .Max();
}
