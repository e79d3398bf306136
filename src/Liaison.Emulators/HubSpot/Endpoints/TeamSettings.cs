using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Teams as their own settings show them: with the team above.</summary>
internal sealed class TeamSettings(Refusals refusals, TeamMembers members)
{
    private const int LargestPage = 100;

    public Reply List(Call call) => Page(refusals, call, [.. call.Account.Teams.OrderBy(team => team.Id)], team => team.Id, Write);

    public Reply Get(Call call) => With(refusals, call, team => Reply.Ok(json => Write(json, team)));

    public Reply Create(Call call)
    {
        if (call.Text("name") is not { Length: > 0 } name)
        {
            return refusals.InvalidJson("some required fields were not set: [name]");
        }

        if (Taken(call, name, null))
        {
            return refusals.Conflict($"A team named {name} already exists.");
        }

        var parent = call.Text("parentTeamId");
        if (parent is not null && Find(call, parent) is null)
        {
            return NoTeam(refusals, parent);
        }

        var assignments = call.Items("members").ToList();
        if (members.RefuseAny(call, assignments) is { } wrong)
        {
            return wrong;
        }

        var made = new CrmTeam(call.Account.Teams.Select(team => team.Id).DefaultIfEmpty(HubSpotIds.Team(0)).Max() + 1, name) { ParentId = parent is null ? null : Find(call, parent)!.Id };
        call.Account.Teams.Add(made);
        assignments.ForEach(assignment => TeamMembers.Assign(call.Account, made, assignment));
        return new Reply(201, json => Write(json, made));
    }

    public Reply Patch(Call call) => With(refusals, call, team =>
    {
        var (name, parent) = (call.Text("name") ?? team.Name, call.Body.MemberOf("parentTeamId"));
        if (name.Length == 0 || Taken(call, name, team))
        {
            return refusals.Conflict($"A team must have a name that no other team has; \"{name}\" is not one.");
        }

        var above = parent.AsText() is { } id ? Find(call, id) : null;
        if (parent.AsText() is { } unknown && above is null)
        {
            return NoTeam(refusals, unknown);
        }

        for (var at = above; at is not null; at = at.ParentId is { } next ? call.Account.Teams.Find(known => known.Id == next) : null)
        {
            if (at == team)
            {
                return refusals.Validation("A team cannot stand below itself.");
            }
        }

        // A parent of null takes the team to the top; one left out leaves it where it is.
        team.ParentId = parent.ValueKind == JsonValueKind.Undefined ? team.ParentId : above?.Id;
        team.Name = name;
        return Reply.Ok(json => Write(json, team));
    });

    /// <summary>Takes a team away; its members lose it, and the teams below it move up.</summary>
    public Reply Delete(Call call) => With(refusals, call, team =>
    {
        foreach (var user in call.Account.Users.Where(user => user.IsIn(team)).ToList())
        {
            TeamMembers.Leave(call.Account, user, team);
        }

        call.Account.Teams.Where(below => below.ParentId == team.Id).ToList().ForEach(below => below.ParentId = team.ParentId);
        call.Account.Teams.Remove(team);
        return Reply.NoContent;
    });

    public static Reply With(Refusals refusals, Call call, Func<CrmTeam, Reply> work) => Find(call, call["team"]) is { } team ? work(team) : NoTeam(refusals, call["team"]);

    /// <summary>Answers with one page of items that are ordered by a number.</summary>
    public static Reply Page<T>(Refusals refusals, Call call, IReadOnlyList<T> items, Func<T, long> key, Action<Utf8JsonWriter, T> write)
    {
        if (call.QueryNumber("limit", LargestPage) is not { } limit || limit is < 1 or > LargestPage || Paging.Decode(call.Query("after")) is not { } after)
        {
            return refusals.Validation($"The limit must be a number from 1 to {LargestPage}, and after a cursor that this API gave out.");
        }

        var found = items.Where(item => key(item) > after).Take(limit + 1).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            found.Take(limit).ToList().ForEach(item => write(json, item));
            json.WriteEndArray();
            if (found.Count > limit)
            {
                var cursor = Paging.Encode(key(found[limit - 1]));
                Paging.Write(json, cursor, Paging.Link(call, cursor));
            }

            json.WriteEndObject();
        });
    }

    private static CrmTeam? Find(Call call, string id) => call.Account.Teams.Find(team => team.Id.ToString(CultureInfo.InvariantCulture) == id);

    private static Reply NoTeam(Refusals refusals, string id) => refusals.NotFound($"No team {id} exists.");

    private static bool Taken(Call call, string name, CrmTeam? self) =>
        call.Account.Teams.Exists(team => team != self && string.Equals(team.Name, name, StringComparison.OrdinalIgnoreCase));

    private static void Write(Utf8JsonWriter json, CrmTeam team)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "id", team.Id);
        json.WriteString("name", team.Name);
        if (team.ParentId is { } parent)
        {
            RecordJson.WriteId(json, "parentTeamId", parent);
        }

        json.WriteEndObject();
    }
}
