using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Who is in a team: as the user's own team (DEFAULT), of which each has one, or beside it (EXTRA).</summary>
internal sealed class TeamMembers(Refusals refusals, BatchAnswer answer)
{
    private const string Own = "DEFAULT";
    private const string Beside = "EXTRA";

    public Reply List(Call call) => TeamSettings.With(refusals, call, team => TeamSettings.Page(
        refusals, call, [.. call.Account.Users.Where(user => user.Active && user.IsIn(team)).OrderBy(user => user.UserId)], user => user.UserId, (json, user) => Write(json, user, team)));

    public Reply Add(Call call) => TeamSettings.With(refusals, call, team =>
    {
        if (RefuseAny(call, [call.Body]) is { } wrong)
        {
            return wrong;
        }

        var user = Assign(call.Account, team, call.Body);
        return new Reply(201, json => Write(json, user, team));
    });

    public Reply AddMany(Call call) => TeamSettings.With(refusals, call, team =>
    {
        var results = new List<Action<Utf8JsonWriter>>();
        var unknown = new List<string>();
        foreach (var input in call.Items("inputs"))
        {
            if (Fault(call, input) is null)
            {
                var user = Assign(call.Account, team, input);
                results.Add(json => Write(json, user, team));
            }
            else
            {
                unknown.Add(input.TextOf("userId") ?? "");
            }
        }

        return answer.Of(call, 200, results, unknown.Count == 0 ? [] : [new BatchFault("VALIDATION_ERROR", "Some users do not exist, or the type of their membership is neither DEFAULT nor EXTRA.", null, [("userIds", unknown)])]);
    });

    public Reply Remove(Call call) => TeamSettings.With(refusals, call, team =>
    {
        var type = call.Query("type") ?? Own;
        if (Find(call.Account, call["userId"]) is not { } user || (type == Beside ? !user.ExtraTeams.Contains(team) : user.Team != team))
        {
            return refusals.NotFound($"User {call["userId"]} is no {type} member of team {team.Id}.");
        }

        Leave(call.Account, user, team);
        return Reply.NoContent;
    });

    /// <summary>Refuses assignments of which one names no user or no type.</summary>
    public Reply? RefuseAny(Call call, IEnumerable<JsonElement> assignments) =>
        assignments.Select(assignment => Fault(call, assignment)).FirstOrDefault(fault => fault is not null) is { } fault ? refusals.Validation(fault) : null;

    /// <summary>Puts a user into a team; the user's own team is the one assigned last.</summary>
    public static CrmUser Assign(Account account, CrmTeam team, JsonElement assignment)
    {
        var user = Find(account, assignment.TextOf("userId") ?? "")!;
        var changed = assignment.TextOf("type") == Beside
            ? user with { Team = user.Team == team ? null : user.Team, ExtraTeams = [.. user.ExtraTeams.Where(extra => extra != team), team] }
            : user with { Team = team, ExtraTeams = [.. user.ExtraTeams.Where(extra => extra != team)] };
        Keep(account, user, changed);
        return changed;
    }

    public static void Leave(Account account, CrmUser user, CrmTeam team) => Keep(
        account, user, user with { Team = user.Team == team ? null : user.Team, ExtraTeams = [.. user.ExtraTeams.Where(extra => extra != team)] });

    private static void Keep(Account account, CrmUser user, CrmUser changed)
    {
        account.Replace(user, changed);

        // The user's own record tells the team too.
        if (account.TryGetType("users", out var type) && type.Records.TryGet(HubSpotIds.FirstUserRecord + user.UserId, out var record)
            && type.TryGetProperty("hs_main_team", out var property))
        {
            record.Load(property.Slot, changed.Team?.Id.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string? Fault(Call call, JsonElement assignment) =>
        Find(call.Account, assignment.TextOf("userId") ?? "") is null ? $"No user {assignment.TextOf("userId") ?? "(none)"} exists."
        : assignment.TextOf("type") is Own or Beside ? null
        : "The type of a membership is DEFAULT or EXTRA.";

    private static CrmUser? Find(Account account, string id) =>
        account.Users.Find(user => user.Active && user.UserId.ToString(CultureInfo.InvariantCulture) == id);

    private static void Write(Utf8JsonWriter json, CrmUser user, CrmTeam team)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "userId", user.UserId);
        json.WriteString("type", user.Team == team ? Own : Beside);
        json.WriteEndObject();
    }
}
