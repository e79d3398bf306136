namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Teams stand below each other, and who is in which decides what a rep sees.</summary>
public sealed class TeamTests
{
    private const string Teams = "/settings/teams/2026-09-beta";

    [Fact]
    public async Task A_rep_sees_what_a_team_owns_from_the_moment_it_joins_it()
    {
        await using var portal = await Portal.StartAsync();
        var south = await TeamAsync(portal, "South");
        var rep = await UserAsync(portal, "nora@house.test");
        var before = await SeenAsync(portal);

        (await portal.Post($"{Teams}/{south}/members", new { userId = rep, type = "EXTRA" })).Status.ShouldBe(201);
        var after = await SeenAsync(portal);
        (await portal.Delete($"{Teams}/{south}/members/{rep}")).Status.ShouldBe(404);
        (await portal.Delete($"{Teams}/{south}/members/{rep}?type=EXTRA")).Status.ShouldBe(204);

        (before, after, await SeenAsync(portal)).ShouldBe((10, 20, 10));
    }

    [Fact]
    public async Task A_membership_shows_in_users_owners_and_teams_alike()
    {
        await using var portal = await Portal.StartAsync();
        var south = await TeamAsync(portal, "South");
        var rep = await UserAsync(portal, "nora@house.test");

        var batch = await portal.Post($"{Teams}/{south}/members/batch", A.Batch(new { userId = rep, type = "DEFAULT" }, new { userId = "1", type = "EXTRA" }));

        batch.Results.Count.ShouldBe(1);
        ((int)batch.Json["numErrors"]!).ShouldBe(1);
        ((string)(await portal.Get($"/settings/users/2026-03/{rep}")).Json["primaryTeamId"]!).ShouldBe(south);
        (await portal.Get("/settings/users/2026-03/teams")).Results.Single(team => (string)team!["id"]! == south)!["userIds"]!.AsArray().Select(id => (string)id!).ShouldContain(rep);
        ((string)(await portal.Get("/crm/owners/2026-09?email=nora@house.test")).Results[0]!["teams"]![0]!["name"]!).ShouldBe("South");
        (await portal.Get($"{Teams}/{south}/members?limit=1")).Json["paging"]!["next"]!["after"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Teams_form_a_tree_and_those_below_a_deleted_one_move_up()
    {
        await using var portal = await Portal.StartAsync();
        var top = await TeamAsync(portal, "North");
        var middle = (string)(await portal.Post(Teams, new { name = "Middle", parentTeamId = top, members = A.List<object>() })).Json["id"]!;
        var low = (string)(await portal.Post(Teams, new { name = "Low", parentTeamId = middle, members = A.List<object>() })).Json["id"]!;

        (await portal.Patch($"{Teams}/{top}", new { name = "North", parentTeamId = low })).Status.ShouldBe(400);
        (await portal.Post(Teams, new { name = "low", members = A.List<object>() })).Status.ShouldBe(409);
        (await portal.Delete($"{Teams}/{middle}")).Status.ShouldBe(204);

        ((string)(await portal.Get($"{Teams}/{low}")).Json["parentTeamId"]!).ShouldBe(top);
        await portal.Patch($"{Teams}/{low}", new { name = "Lowest", parentTeamId = (string?)null });
        var now = (await portal.Get($"{Teams}/{low}")).Json;
        ((string)now["name"]!, now["parentTeamId"]).ShouldBe(("Lowest", null));
    }

    [Fact]
    public async Task Changing_teams_asks_for_the_scope_to_write_them()
    {
        await using var portal = await Portal.StartAsync();

        var refused = await portal.Post(Teams, new { name = "Mine", members = A.List<object>() }, Portal.RepNorth);

        refused.Status.ShouldBe(403);
        refused.Text.ShouldContain("settings.users.teams.write");
    }

    private static async Task<int> SeenAsync(Portal portal) => (await portal.Get("/crm/objects/2026-09/contacts?limit=100", Portal.RepNorth)).Results.Count;

    private static async Task<string> TeamAsync(Portal portal, string name) =>
        (string)(await portal.Get(Teams)).Results.Single(team => (string)team!["name"]! == name)!["id"]!;

    private static async Task<string> UserAsync(Portal portal, string email) =>
        (string)(await portal.Get($"/settings/users/2026-03/{email}?idProperty=EMAIL")).Json["id"]!;
}
