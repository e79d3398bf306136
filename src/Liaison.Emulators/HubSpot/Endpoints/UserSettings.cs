using System.Globalization;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Inviting, changing and removing users.</summary>
internal sealed class UserSettings(Refusals refusals)
{
    public static Reply Seats(Call call) => PipelineReads.Results(["core-seat", "sales-hub-seat"], (json, seat) =>
    {
        json.WriteStartObject();
        json.WriteString("name", seat);
        json.WriteNumber("remainingSeats", 5);
        json.WriteEndObject();
    });

    public Reply Create(Call call)
    {
        if (call.Text("email") is not { } email || !email.Contains('@', StringComparison.Ordinal))
        {
            return refusals.InvalidJson("some required fields were not set: [email]");
        }

        if (call.Account.Users.Exists(user => user.Active && string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)))
        {
            return refusals.Conflict("A user with this address already exists.");
        }

        var number = call.Account.Users.Count + 1_001;
        var made = new CrmUser(
            HubSpotIds.User(number), HubSpotIds.Owner(number), email, call.Text("firstName") ?? "", call.Text("lastName") ?? "",
            RoleOf(call, WorldRole.None), TeamOf(call, null), Active: true, Instants.ToMilliseconds(call.Now))
        {
            ExtraTeams = ExtraTeamsOf(call, []),
        };
        call.Account.Add(made);
        return new Reply(201, json => AccountReads.WriteUser(json, made));
    }

    public Reply Replace(Call call)
    {
        if (AccountReads.FindUser(call) is not { } user)
        {
            return refusals.NotFound($"No user {call["id"]} exists.");
        }

        var changed = user with
        {
            FirstName = call.Text("firstName") ?? user.FirstName,
            LastName = call.Text("lastName") ?? user.LastName,
            Role = RoleOf(call, user.Role),
            Team = TeamOf(call, user.Team),
            ExtraTeams = ExtraTeamsOf(call, user.ExtraTeams),
        };
        call.Account.Replace(user, changed);
        return Reply.Ok(json => AccountReads.WriteUser(json, changed));
    }

    /// <summary>Takes a user's seat; records go on to name the owner, who is archived (contract section 2.2).</summary>
    public Reply Remove(Call call)
    {
        if (AccountReads.FindUser(call) is not { } user)
        {
            return refusals.NotFound($"No user {call["id"]} exists.");
        }

        call.Account.Replace(user, user with { Active = false });
        return Reply.NoContent;
    }

    private static WorldRole RoleOf(Call call, WorldRole otherwise) =>
        Enum.GetValues<WorldRole>().Where(role => AccountReads.RoleId(role) == call.Text("roleId")).Select(role => (WorldRole?)role).FirstOrDefault() ?? otherwise;

    private static IReadOnlyList<CrmTeam> ExtraTeamsOf(Call call, IReadOnlyList<CrmTeam> otherwise) =>
        call.Body.MemberOf("secondaryTeamIds").ValueKind == System.Text.Json.JsonValueKind.Array
            ? [.. call.Account.Teams.Where(team => call.Body.TextsOf("secondaryTeamIds").Contains(team.Id.ToString(CultureInfo.InvariantCulture)))]
            : otherwise;

    private static CrmTeam? TeamOf(Call call, CrmTeam? otherwise) =>
        call.Account.Teams.Find(team => team.Id.ToString(CultureInfo.InvariantCulture) == call.Text("primaryTeamId")) ?? otherwise;
}
