using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Limits;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;
using Liaison.Emulators.HubSpot.Searching;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The whole API on one page, whatever the version style (contract section 1).</summary>
internal sealed class Routes(
    Account account, Refusals refusals, IdSource ids, RecordWriter writer, PageGaps gaps, Throttle throttle, TokenVault tokens, Grants grants, DemoUsers users, EmulatorClock clock)
{
    public IEnumerable<Route> All =>
        [.. Objects(), .. Associations(), .. Labels(), .. Properties(), .. PropertyDefinitions(), .. Pipelines(), .. Stages(), .. People(), .. TheAccount(), .. Currencies(), .. OwnTypes(), .. Hooks(), .. Tokens(), .. new ListRoutes(account, refusals, ids).All, .. new SettingRoutes(refusals, ids).All, .. new JournalRoutes(refusals, ids).All, .. new TransferRoutes(refusals, ids, writer, new AssociationEditor(account, clock)).All];

    private IEnumerable<Route> Objects()
    {
        var checks = new WriteChecks(refusals);
        var editor = new AssociationEditor(account, clock);
        var answer = new BatchAnswer(ids);
        var reads = new ObjectReads(refusals);
        var writes = new ObjectWrites(refusals, checks, writer, editor);
        var batches = new BatchWrites(refusals, checks, writes, writer, answer);
        var merges = new Merges(refusals, writer, editor);
        const string Type = "/crm/objects/{type}";
        yield return new("GET", Type, reads.List, Read, UserLevel: true);
        yield return new("POST", Type, writes.Create, Write, UserLevel: true);
        yield return new("POST", Type + "/batch/read", new BatchReads(refusals, answer).Read, Read, UserLevel: true);
        yield return new("POST", Type + "/batch/create", batches.Create, Write, UserLevel: true);
        yield return new("POST", Type + "/batch/update", batches.Update, Write, UserLevel: true);
        yield return new("POST", Type + "/batch/upsert", new Upserts(refusals, batches, writes, writer, answer).Upsert, Write, UserLevel: true);
        yield return new("POST", Type + "/batch/archive", batches.Archive, Write);
        yield return new("POST", Type + "/search", new Searches(refusals, gaps).Search, Read, Meter.Search, UserLevel: true);
        yield return new("POST", Type + "/merge", merges.Merge, Write, UserLevel: true);
        yield return new("POST", Type + "/gdpr-delete", merges.Erase, Write);
        yield return new("GET", Type + "/{id}", reads.Get, Read, UserLevel: true);
        yield return new("PATCH", Type + "/{id}", writes.Update, Write, UserLevel: true);
        yield return new("DELETE", Type + "/{id}", writes.Archive, Write);
    }

    private IEnumerable<Route> Associations()
    {
        var answer = new BatchAnswer(ids);
        var reads = new AssociationReads(refusals, answer);
        var writes = new AssociationWrites(refusals, new AssociationEditor(account, clock), answer);
        var legacy = new LegacyAssociations(refusals, new AssociationEditor(account, clock), answer);
        const string Record = "/crm/objects/{type}/{id}/associations";
        const string Batch = "/crm/associations/{from}/{to}";
        yield return new("GET", Record + "/{toType}", reads.OfOne, Read, UserLevel: true);
        yield return new("PUT", Record + "/default/{toType}/{toId}", writes.PutDefault, Write, UserLevel: true);
        yield return new("PUT", Record + "/{toType}/{toId}", writes.Put, Write, UserLevel: true);
        yield return new("DELETE", Record + "/{toType}/{toId}", writes.Delete, Write);
        yield return new("POST", Batch + "/batch/read", call => IsV3(call) ? legacy.Read(call) : reads.Batch(call), ReadFrom, Meter.AssociationBatch);
        yield return new("POST", Batch + "/batch/create", call => IsV3(call) ? legacy.Create(call) : writes.BatchCreate(call), WriteFrom, Meter.AssociationBatch);
        yield return new("POST", Batch + "/batch/associate/default", writes.BatchDefault, WriteFrom, Meter.AssociationBatch);
        yield return new("POST", Batch + "/batch/archive", call => IsV3(call) ? legacy.Archive(call) : writes.BatchArchive(call), WriteFrom, Meter.AssociationBatch);
        yield return new("POST", Batch + "/batch/labels/archive", writes.BatchArchiveLabels, WriteFrom, Meter.AssociationBatch);
    }

    private IEnumerable<Route> Properties()
    {
        var reads = new PropertyReads(refusals, new BatchAnswer(ids));
        const string Type = "/crm/properties/{type}";
        yield return new("GET", Type, reads.List, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("POST", Type + "/batch/read", reads.Batch, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", Type + "/groups", reads.ListGroups, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", Type + "/groups/{group}", reads.GetGroup, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", Type + "/{name}", reads.Get, Define, ScopesAtTop: true, UserLevel: true);
    }

    private IEnumerable<Route> Labels()
    {
        var labels = new AssociationLabels(refusals);
        var legacy = new LegacyAssociations(refusals, new AssociationEditor(account, clock), new BatchAnswer(ids));
        const string Pair = "/crm/associations/{from}/{to}";
        yield return new("GET", Pair + "/labels", labels.List, ReadFrom, Meter.AssociationBatch);
        yield return new("POST", Pair + "/labels", labels.Create, WriteFrom, Meter.AssociationBatch);
        yield return new("PUT", Pair + "/labels", labels.Rename, WriteFrom, Meter.AssociationBatch);
        yield return new("DELETE", Pair + "/labels/{typeId}", labels.Delete, WriteFrom, Meter.AssociationBatch);
        yield return new("GET", Pair + "/types", legacy.Types, ReadFrom, Meter.AssociationBatch);
        var limits = new AssociationLimits(refusals, new BatchAnswer(ids));
        const string Limits = "/crm/associations/definitions/configurations";
        yield return new("GET", Limits + "/all", AssociationLimits.All, AnyToken, Meter.AssociationBatch);
        yield return new("GET", Limits + "/{from}/{to}", limits.OfPair, ReadFrom, Meter.AssociationBatch);
        yield return new("POST", Limits + "/{from}/{to}/batch/create", limits.Create, WriteFrom, Meter.AssociationBatch);
        yield return new("POST", Limits + "/{from}/{to}/batch/update", limits.Update, WriteFrom, Meter.AssociationBatch);
        yield return new("POST", Limits + "/{from}/{to}/batch/purge", limits.Purge, WriteFrom, Meter.AssociationBatch);
        yield return new("POST", "/crm/associations/usage/high-usage-report/{userId}", limits.Report, AnyToken, Meter.AssociationBatch);
    }

    private IEnumerable<Route> PropertyDefinitions()
    {
        var writes = new PropertyWrites(refusals, new BatchAnswer(ids));
        var rules = new PropertyValidations(refusals);
        const string Type = "/crm/properties/{type}";
        const string Rules = "/crm/property-validations/{type}";
        yield return new("POST", Type, writes.Create, Redefine, ScopesAtTop: true, UserLevel: true);
        yield return new("POST", Type + "/batch/create", writes.CreateMany, Redefine, ScopesAtTop: true, UserLevel: true);
        yield return new("POST", Type + "/batch/archive", writes.ArchiveMany, Redefine, ScopesAtTop: true);
        yield return new("POST", Type + "/groups", writes.CreateGroup, Redefine, ScopesAtTop: true, UserLevel: true);
        yield return new("PATCH", Type + "/groups/{group}", writes.UpdateGroup, Redefine, ScopesAtTop: true, UserLevel: true);
        yield return new("DELETE", Type + "/groups/{group}", writes.ArchiveGroup, Redefine, ScopesAtTop: true);
        yield return new("PATCH", Type + "/{name}", writes.Update, Redefine, ScopesAtTop: true, UserLevel: true);
        yield return new("DELETE", Type + "/{name}", writes.Archive, Redefine, ScopesAtTop: true);
        yield return new("GET", Rules, rules.List, Define, ScopesAtTop: true);
        yield return new("GET", Rules + "/{name}", rules.OfProperty, Define, ScopesAtTop: true);
        yield return new("GET", Rules + "/{name}/rule-type/{rule}", rules.Get, Define, ScopesAtTop: true);
        yield return new("PUT", Rules + "/{name}/rule-type/{rule}", rules.Put, Redefine, ScopesAtTop: true);
    }

    private IEnumerable<Route> Pipelines()
    {
        var reads = new PipelineReads(refusals);
        const string Type = "/crm/pipelines/{type}";
        yield return new("GET", Type, reads.List, Define, ScopesAtTop: true);
        yield return new("GET", Type + "/{pipeline}", reads.Get, Define, ScopesAtTop: true);
        yield return new("GET", Type + "/{pipeline}/audit", reads.Audit, Define, ScopesAtTop: true);
        yield return new("GET", Type + "/{pipeline}/stages", reads.ListStages, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", Type + "/{pipeline}/stages/{stage}", reads.GetStage, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", Type + "/{pipeline}/stages/{stage}/audit", reads.Audit, Define, ScopesAtTop: true);
    }

    private IEnumerable<Route> Stages()
    {
        var writes = new PipelineWrites(refusals, new PipelineReads(refusals));
        const string Type = "/crm/pipelines/{type}";
        yield return new("POST", Type, writes.Create, Redefine, ScopesAtTop: true);
        yield return new("PATCH", Type + "/{pipeline}", writes.Patch, Redefine, ScopesAtTop: true);
        yield return new("PUT", Type + "/{pipeline}", writes.Replace, Redefine, ScopesAtTop: true);
        yield return new("DELETE", Type + "/{pipeline}", writes.Delete, Redefine, ScopesAtTop: true);
        yield return new("POST", Type + "/{pipeline}/stages", writes.CreateStage, Redefine, ScopesAtTop: true);
        yield return new("PATCH", Type + "/{pipeline}/stages/{stage}", writes.ChangeStage, Redefine, ScopesAtTop: true);
        yield return new("PUT", Type + "/{pipeline}/stages/{stage}", writes.ChangeStage, Redefine, ScopesAtTop: true);
        yield return new("DELETE", Type + "/{pipeline}/stages/{stage}", writes.DeleteStage, Redefine, ScopesAtTop: true);
    }

    private IEnumerable<Route> TheAccount()
    {
        var reads = new AccountReads(refusals, throttle);
        yield return new("GET", "/account-info/details", reads.Details, AnyToken, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", "/account-info/api-usage/daily/private-apps", reads.DailyUsage, AnyToken, ScopesAtTop: true);
        yield return new("GET", "/settings/users", reads.Users, UserScopes, ScopesAtTop: true);
        yield return new("GET", "/settings/users/roles", AccountReads.Roles, UserScopes, ScopesAtTop: true);
        yield return new("GET", "/settings/users/teams", AccountReads.Teams, TeamScopes, ScopesAtTop: true);
        yield return new("GET", "/settings/users/seats", UserSettings.Seats, UserScopes, ScopesAtTop: true);
        yield return new("GET", "/settings/users/{id}", reads.User, UserScopes, ScopesAtTop: true);
        var users = new UserSettings(refusals);
        yield return new("POST", "/settings/users", users.Create, UserEdits, ScopesAtTop: true);
        yield return new("PUT", "/settings/users/{id}", users.Replace, UserEdits, ScopesAtTop: true);
        yield return new("DELETE", "/settings/users/{id}", users.Remove, UserEdits, ScopesAtTop: true);
        yield return new("GET", "/crm/object-library/enablement", AccountReads.Enablement, AnyToken, ScopesAtTop: true);
        yield return new("GET", "/crm/object-library/enablement/{type}", AccountReads.EnablementOf, AnyToken, ScopesAtTop: true);
    }

    private IEnumerable<Route> OwnTypes()
    {
        var reads = new Schemas(refusals);
        var writes = new SchemaWrites(refusals, new PropertyWrites(refusals, new BatchAnswer(ids)));
        const string Types = "/crm/schemas";
        yield return new("GET", Types, Schemas.List, CustomScopes, ScopesAtTop: true);
        yield return new("POST", Types, writes.Create, CustomEdits, ScopesAtTop: true);
        yield return new("POST", Types + "/batch/read", reads.Batch, CustomScopes, ScopesAtTop: true);
        yield return new("GET", Types + "/{type}", reads.Get, Define, ScopesAtTop: true);
        yield return new("PATCH", Types + "/{type}", writes.Patch, CustomEdits, ScopesAtTop: true);
        yield return new("DELETE", Types + "/{type}", writes.Delete, CustomEdits, ScopesAtTop: true);
        yield return new("POST", Types + "/{type}/associations", writes.Associate, CustomEdits, ScopesAtTop: true);
        yield return new("DELETE", Types + "/{type}/associations/{association}", writes.Dissociate, CustomEdits, ScopesAtTop: true);
    }

    private IEnumerable<Route> Currencies()
    {
        var settings = new CurrencySettings(refusals, new BatchAnswer(ids));
        const string Money = "/settings/currencies";
        const string Rates = Money + "/exchange-rates";
        yield return new("GET", Money + "/codes", CurrencySettings.Codes, CurrencyScopes, ScopesAtTop: true);
        yield return new("GET", Money + "/company-currency", CurrencySettings.CompanyCurrency, CurrencyScopes, ScopesAtTop: true);
        yield return new("PUT", Money + "/company-currency", settings.PutCompanyCurrency, CurrencyEdits, ScopesAtTop: true);
        yield return new("POST", Money + "/central-fx-rates/add-currency", settings.Add, CurrencyEdits, ScopesAtTop: true);
        yield return new("GET", Money + "/central-fx-rates/information", CurrencySettings.Central, CurrencyScopes, ScopesAtTop: true);
        yield return new("GET", Money + "/central-fx-rates/unsupported-currencies", CurrencySettings.Unsupported, CurrencyScopes, ScopesAtTop: true);
        yield return new("GET", Rates, CurrencySettings.Rates, CurrencyScopes, ScopesAtTop: true);
        yield return new("POST", Rates, settings.Create, CurrencyEdits, ScopesAtTop: true);
        yield return new("POST", Rates + "/batch/create", settings.BatchCreate, CurrencyEdits, ScopesAtTop: true);
        yield return new("POST", Rates + "/batch/read", settings.BatchRead, CurrencyScopes, ScopesAtTop: true);
        yield return new("POST", Rates + "/batch/update", settings.BatchUpdate, CurrencyEdits, ScopesAtTop: true);
        yield return new("GET", Rates + "/current", CurrencySettings.Rates, CurrencyScopes, ScopesAtTop: true);
        yield return new("POST", Rates + "/update-visibility", settings.Show, CurrencyEdits, ScopesAtTop: true);
        yield return new("GET", Rates + "/{rate}", settings.Rate, CurrencyScopes, ScopesAtTop: true);
        yield return new("PATCH", Rates + "/{rate}", settings.Patch, CurrencyEdits, ScopesAtTop: true);
    }

    private IEnumerable<Route> Hooks()
    {
        var settings = new WebhookSettings(refusals, new BatchAnswer(ids));
        const string App = "/webhooks/{appId}";
        const string Subscription = App + "/subscriptions/{subscriptionId}";
        yield return new("GET", App + "/settings", settings.Read, AnyToken, ScopesAtTop: true);
        yield return new("PUT", App + "/settings", settings.Put, AnyToken, ScopesAtTop: true);
        yield return new("DELETE", App + "/settings", settings.Clear, AnyToken, ScopesAtTop: true);
        yield return new("GET", App + "/subscriptions", settings.List, AnyToken, ScopesAtTop: true);
        yield return new("POST", App + "/subscriptions", settings.Create, AnyToken, ScopesAtTop: true);
        yield return new("POST", App + "/subscriptions/batch/update", settings.BatchUpdate, AnyToken, ScopesAtTop: true);
        yield return new("GET", Subscription, settings.Get, AnyToken, ScopesAtTop: true);
        yield return new("PATCH", Subscription, settings.Patch, AnyToken, ScopesAtTop: true);
        yield return new("DELETE", Subscription, settings.Delete, AnyToken, ScopesAtTop: true);
    }

    private IEnumerable<Route> Tokens()
    {
        var oauth = new OAuth(tokens, grants);
        yield return new("GET", "/oauth/authorize", new Consent(tokens, grants, users).Authorize, null, Meter.None);
        yield return new("POST", "/oauth/token", oauth.Token, null, Meter.None);
        yield return new("POST", "/oauth/token/introspect", oauth.Introspect, null, Meter.None);
        yield return new("POST", "/oauth/token/revoke", oauth.Revoke, null, Meter.None);
        yield return new("GET", "/oauth/access-tokens/{token}", oauth.AccessTokenV1, null, Meter.None);
        yield return new("GET", "/oauth/refresh-tokens/{token}", oauth.RefreshTokenV1, null, Meter.None);
        yield return new("DELETE", "/oauth/refresh-tokens/{token}", oauth.DeleteRefreshTokenV1, null, Meter.None);
        yield return new("POST", "/oauth/private-apps/get/access-token-info", oauth.PrivateAppToken, null, Meter.None);
    }

    private IEnumerable<Route> People()
    {
        var owners = new Owners(refusals);
        yield return new("GET", "/crm/owners", owners.List, OwnerScopes, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", "/crm/owners/{id}", owners.Get, OwnerScopes, ScopesAtTop: true);
    }

    private static IReadOnlyList<string> Read(Call call) => Scopes.ForRecords(Family(call, "type"), write: false);

    private static IReadOnlyList<string> Write(Call call) => Scopes.ForRecords(Family(call, "type"), write: true);

    private static IReadOnlyList<string> ReadFrom(Call call) => Scopes.ForRecords(Family(call, "from"), write: false);

    private static IReadOnlyList<string> WriteFrom(Call call) => Scopes.ForRecords(Family(call, "from"), write: true);

    private static IReadOnlyList<string> Define(Call call) => Scopes.ForDefinitions(Family(call, "type"), write: false);

    private static IReadOnlyList<string> Redefine(Call call) => Scopes.ForDefinitions(Family(call, "type"), write: true);

    private static IReadOnlyList<string> AnyToken(Call call) => ["oauth"];

    private static IReadOnlyList<string> CurrencyScopes(Call call) => ["settings.currencies.read", "settings.currencies.write"];

    private static IReadOnlyList<string> CurrencyEdits(Call call) => ["settings.currencies.write"];

    private static IReadOnlyList<string> UserEdits(Call call) => ["settings.users.write"];

    private static IReadOnlyList<string> CustomEdits(Call call) => ["crm.schemas.custom.write"];

    private static IReadOnlyList<string> UserScopes(Call call) => ["settings.users.read", "crm.objects.users.read"];

    private static IReadOnlyList<string> TeamScopes(Call call) => ["settings.users.teams.read"];

    private static IReadOnlyList<string> CustomScopes(Call call) => ["crm.schemas.custom.read", "crm.objects.custom.read"];

    private static IReadOnlyList<string> OwnerScopes(Call call) => ["crm.objects.owners.read"];

    /// <summary>Tells whether the oldest association API was asked, whose batches have another shape.</summary>
    private static bool IsV3(Call call) => call.Version == ApiVersion.V3;

    /// <summary>Gives the scope family of a type; an unknown one is refused later, by name.</summary>
    private static string Family(Call call, string parameter) =>
        call.Account.TryGetType(call[parameter], out var type) ? type.ScopeFamily : "contacts";
}
