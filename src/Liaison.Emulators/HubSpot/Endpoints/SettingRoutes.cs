using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The operations on teams, and what is left of the account's limits.</summary>
internal sealed class SettingRoutes(Refusals refusals, IdSource ids)
{
    public IEnumerable<Route> All => [.. Teams(), .. Limits()];

    private IEnumerable<Route> Teams()
    {
        var members = new TeamMembers(refusals, new BatchAnswer(ids));
        var teams = new TeamSettings(refusals, members);
        const string Base = "/settings/teams";
        const string One = Base + "/{team}";
        yield return new("GET", Base, teams.List, ReadTeams, ScopesAtTop: true);
        yield return new("POST", Base, teams.Create, WriteTeams, ScopesAtTop: true);
        yield return new("GET", One, teams.Get, ReadTeams, ScopesAtTop: true);
        yield return new("PATCH", One, teams.Patch, WriteTeams, ScopesAtTop: true);
        yield return new("DELETE", One, teams.Delete, WriteTeams, ScopesAtTop: true);
        yield return new("GET", One + "/members", members.List, ReadTeams, ScopesAtTop: true);
        yield return new("POST", One + "/members", members.Add, WriteTeams, ScopesAtTop: true);
        yield return new("POST", One + "/members/batch", members.AddMany, WriteTeams, ScopesAtTop: true);
        yield return new("DELETE", One + "/members/{userId}", members.Remove, WriteTeams, ScopesAtTop: true);
    }

    private IEnumerable<Route> Limits()
    {
        var links = new LinkUsage(refusals);
        const string Base = "/crm/limits";
        yield return new("GET", Base + "/associations/labels", links.Labels, AnyObject, ScopesAtTop: true);
        yield return new("GET", Base + "/associations/records/from", LinkUsage.From, AnyObject, ScopesAtTop: true);
        yield return new("GET", Base + "/associations/records/{from}/to", links.To, AnyObject, ScopesAtTop: true);
        yield return new("GET", Base + "/associations/records/{from}/{to}", links.Records, AnyObject, ScopesAtTop: true);
        yield return new("GET", Base + "/calculated-properties", Usage.CalculatedProperties, AnyObject, ScopesAtTop: true);
        yield return new("GET", Base + "/custom-object-types", Usage.CustomTypes, Custom, ScopesAtTop: true);
        yield return new("GET", Base + "/custom-properties", Usage.CustomProperties, AnyObject, ScopesAtTop: true);
        yield return new("GET", Base + "/pipelines", Usage.Pipelines, AnyObject, ScopesAtTop: true);
        yield return new("GET", Base + "/records", Usage.Records, AnyObject, ScopesAtTop: true);
    }

    private static IReadOnlyList<string> ReadTeams(Call call) => ["settings.users.teams.read", "settings.users.teams.write"];

    private static IReadOnlyList<string> WriteTeams(Call call) => ["settings.users.teams.write"];

    private static IReadOnlyList<string> AnyObject(Call call) => Scopes.ForDefinitions("contacts", write: false);

    private static IReadOnlyList<string> Custom(Call call) =>
        ["crm.schemas.custom.read", "crm.schemas.custom.write", "crm.objects.custom.read", "crm.objects.custom.write"];
}
