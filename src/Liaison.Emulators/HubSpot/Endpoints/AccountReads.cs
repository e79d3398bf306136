using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Limits;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The account itself: details, usage, users, teams, which objects are on.</summary>
internal sealed class AccountReads(Refusals refusals, Throttle throttle)
{
    public Reply Details(Call call)
    {
        var offset = throttle.Zone.GetUtcOffset(call.Now);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("portalId", call.Account.PortalId);
            json.WriteString("accountType", "DEVELOPER_TEST");
            json.WriteString("timeZone", call.Account.Options.TimeZone);
            json.WriteString("companyCurrency", call.Account.Currency);
            json.WriteStartArray("additionalCurrencies");
            foreach (var currency in call.Account.ExchangeRates.Keys)
            {
                json.WriteStringValue(currency);
            }

            json.WriteEndArray();
            json.WriteString("utcOffset", (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture));
            json.WriteNumber("utcOffsetMilliseconds", (long)offset.TotalMilliseconds);
            json.WriteString("uiDomain", "app-eu1.hubspot.com");
            json.WriteString("dataHostingLocation", "eu1");
            json.WriteEndObject();
        });
    }

    public Reply DailyUsage(Call call)
    {
        var midnight = TimeZoneInfo.ConvertTime(call.Now, throttle.Zone).Date.AddDays(1);
        var resetsAt = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(midnight, throttle.Zone), TimeSpan.Zero);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            json.WriteStartObject();
            json.WriteString("name", "private-apps-api-calls-daily");
            json.WriteNumber("usageLimit", throttle.PrivateApps.Daily ?? 0);
            json.WriteNumber("currentUsage", throttle.Today);
            RecordJson.WriteMoment(json, "collectedAt", Instants.ToMilliseconds(call.Now));
            json.WriteString("fetchStatus", "SUCCESS");
            RecordJson.WriteMoment(json, "resetsAt", resetsAt);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Reply Users(Call call)
    {
        if (call.QueryNumber("limit", 100) is not { } limit || limit is < 1 or > 500 || Paging.Decode(call.Query("after")) is not { } after)
        {
            return refusals.Validation("The limit must be a number from 1 to 500, and after a cursor that this API gave out.");
        }

        var found = call.Account.Users.Where(user => user.Active && user.UserId > after).OrderBy(user => user.UserId).Take(limit + 1).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            found.Take(limit).ToList().ForEach(user => WriteUser(json, user));
            json.WriteEndArray();
            if (found.Count > limit)
            {
                var cursor = Paging.Encode(found[limit - 1].UserId);
                Paging.Write(json, cursor, Paging.Link(call, cursor));
            }

            json.WriteEndObject();
        });
    }

    public Reply User(Call call) => FindUser(call) is { } found
        ? Reply.Ok(json => WriteUser(json, found))
        : refusals.NotFound($"No user {call["id"]} exists.");

    public static CrmUser? FindUser(Call call)
    {
        var byEmail = string.Equals(call.Query("idProperty"), "EMAIL", StringComparison.OrdinalIgnoreCase);
        return call.Account.Users.Find(user => user.Active
            && (byEmail ? string.Equals(user.Email, call["id"], StringComparison.OrdinalIgnoreCase) : user.UserId.ToString(CultureInfo.InvariantCulture) == call["id"]));
    }

    /// <remarks>Flat: the link to a parent team is not in this answer (contract section 2.2).</remarks>
    public static Reply Teams(Call call) => PipelineReads.Results(call.Account.Teams, (json, team) =>
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "id", team.Id);
        json.WriteString("name", team.Name);
        json.WriteStartArray("userIds");
        foreach (var user in call.Account.Users.Where(user => user.Active && user.Team?.Id == team.Id))
        {
            json.WriteStringValue(user.UserId.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteStartArray("secondaryUserIds");
        foreach (var user in call.Account.Users.Where(user => user.Active && user.ExtraTeams.Contains(team)))
        {
            json.WriteStringValue(user.UserId.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static Reply Roles(Call call) => PipelineReads.Results([.. Enum.GetValues<WorldRole>()], (json, role) =>
    {
        json.WriteStartObject();
        json.WriteString("id", RoleId(role));
        json.WriteString("name", role.ToString());
        json.WriteBoolean("requiresBillingWrite", false);
        json.WriteEndObject();
    });

    public static Reply Enablement(Call call) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("enablementByObjectTypeId");
        foreach (var type in call.Account.Types)
        {
            json.WriteBoolean(type.Id, true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static Reply EnablementOf(Call call) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("enablement", call.Account.TryGetType(call["type"], out _));
        json.WriteEndObject();
    });

    public static void WriteUser(Utf8JsonWriter json, CrmUser user)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "id", user.UserId);
        json.WriteString("email", user.Email);
        json.WriteString("firstName", user.FirstName);
        json.WriteString("lastName", user.LastName);
        json.WriteString("roleId", RoleId(user.Role));
        json.WriteStartArray("roleIds");
        json.WriteStringValue(RoleId(user.Role));
        json.WriteEndArray();
        if (user.Team is { } team)
        {
            RecordJson.WriteId(json, "primaryTeamId", team.Id);
        }

        json.WriteStartArray("secondaryTeamIds");
        foreach (var extra in user.ExtraTeams)
        {
            json.WriteStringValue(extra.Id.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteBoolean("superAdmin", user.Role == WorldRole.Manager);
        json.WriteEndObject();
    }

    public static string RoleId(WorldRole role) => (90_001 + (int)role).ToString(CultureInfo.InvariantCulture);
}
