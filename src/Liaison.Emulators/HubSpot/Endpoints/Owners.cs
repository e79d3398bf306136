using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Owners: users as records name them (contract section 2.2).</summary>
internal sealed class Owners(Refusals refusals)
{
    private const int LargestPage = 500;

    public Reply List(Call call)
    {
        if (call.QueryNumber("limit", 100) is not { } limit || limit is < 1 or > LargestPage || Paging.Decode(call.Query("after")) is not { } after)
        {
            return refusals.Validation($"The limit must be a number from 1 to {LargestPage}, and after a cursor that this API gave out.");
        }

        var (email, archived) = (call.Query("email"), call.QueryFlag("archived"));
        var found = call.Account.Users
            .Where(user => user.Active != archived && user.OwnerId > after && (string.IsNullOrEmpty(email) || string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(user => user.OwnerId).Take(limit + 1).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (var user in found.Take(limit))
            {
                Write(json, user);
            }

            json.WriteEndArray();
            if (found.Count > limit)
            {
                var cursor = Paging.Encode(found[limit - 1].OwnerId);
                Paging.Write(json, cursor, Paging.Link(call, cursor));
            }

            json.WriteEndObject();
        });
    }

    public Reply Get(Call call)
    {
        var archived = call.QueryFlag("archived");
        var byUser = string.Equals(call.Query("idProperty"), "userId", StringComparison.OrdinalIgnoreCase);
        var owner = long.TryParse(call["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? call.Account.Users.Find(user => (byUser ? user.UserId : user.OwnerId) == id && user.Active != archived)
            : null;
        return owner is null ? refusals.NotFound($"No owner with id {call["id"]} exists.") : Reply.Ok(json => Write(json, owner));
    }

    private static void Write(Utf8JsonWriter json, CrmUser user)
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "id", user.OwnerId);
        json.WriteString("email", user.Email);
        json.WriteString("type", "PERSON");
        json.WriteString("firstName", user.FirstName);
        json.WriteString("lastName", user.LastName);

        // Those who left have an owner and no user any more.
        if (user.Active)
        {
            json.WriteNumber("userId", user.UserId);
        }

        json.WriteNumber("userIdIncludingInactive", user.UserId);
        RecordJson.WriteMoment(json, "createdAt", user.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", user.CreatedAt);
        json.WriteBoolean("archived", !user.Active);
        if (user.Team is not null || user.ExtraTeams.Count > 0)
        {
            json.WriteStartArray("teams");
            foreach (var team in user.ExtraTeams.Prepend(user.Team).OfType<CrmTeam>())
            {
                json.WriteStartObject();
                RecordJson.WriteId(json, "id", team.Id);
                json.WriteString("name", team.Name);
                json.WriteBoolean("primary", team == user.Team);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
