using Liaison.Emulators.Tests.HubSpot;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract section 13: what a token's user may see and do, and that all resources agree on it.</summary>
public sealed class RightsTests
{
    [Theory]
    [InlineData("rep-north", LiveOrg.North)]
    [InlineData("rep-south", LiveOrg.South)]
    [InlineData("manager", LiveOrg.Manager)]
    public async Task Rows_show_exactly_what_the_emulator_says_a_user_sees(string name, string token)
    {
        await using var org = await LiveOrg.StartAsync();
        var visible = (await org.RightsOf(name))["Contact"]!["visible"]!.Names();
        var all = (await org.RightsOf("admin"))["Contact"]!["visible"]!.Names();

        foreach (var id in all)
        {
            (await org.Get($"sobjects/Contact/{id}", token)).Status.ShouldBe(visible.Contains(id) ? 200 : 404, id);
        }

        visible.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Two_reps_of_different_roles_share_nothing()
    {
        await using var org = await LiveOrg.StartAsync();

        var north = (await org.RightsOf("rep-north"))["Contact"]!["visible"]!.Names();
        var south = (await org.RightsOf("rep-south"))["Contact"]!["visible"]!.Names();

        north.Intersect(south).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hidden_field_is_in_no_describe_and_no_row_and_is_refused_like_one_that_never_was()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = (await org.RightsOf("rep-north"))["Contact"]!["visible"]!.Names()[0];

        var describe = await org.Get("sobjects/Contact/describe", LiveOrg.North);
        var row = await org.Get($"sobjects/Contact/{id}", LiveOrg.North);
        var hidden = await org.Get($"sobjects/Contact/{id}?fields=MobilePhone", LiveOrg.North);
        var unknown = await org.Get($"sobjects/Contact/{id}?fields=MobileFone", LiveOrg.North);
        var written = await org.Patch($"sobjects/Contact/{id}", new { MobilePhone = "1" }, LiveOrg.North);

        describe.Json["fields"]!.AsArray().ShouldNotContain(field => (string)field!["name"]! == "MobilePhone");
        row.Json.AsObject().ContainsKey("MobilePhone").ShouldBeFalse();
        hidden.Text.Replace("MobilePhone", "MobileFone").ShouldBe(unknown.Text);
        (written.Status, written.Code()).ShouldBe((400, "INVALID_FIELD"));
    }

    [Fact]
    public async Task A_locked_field_is_read_described_as_not_updateable_and_not_written()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = (await org.RightsOf("rep-north"))["Contact"]!["visible"]!.Names()[0];

        var describe = await org.Get("sobjects/Contact/describe", LiveOrg.North);
        var written = await org.Patch($"sobjects/Contact/{id}", new { Lifecycle_Stage__c = "customer" }, LiveOrg.North);

        ((bool)describe.Json["fields"]!.AsArray().Single(field => (string)field!["name"]! == "Lifecycle_Stage__c")!["updateable"]!).ShouldBeFalse();
        (written.Status, written.Code()).ShouldBe((400, "INVALID_FIELD_FOR_INSERT_UPDATE"));
    }

    [Fact]
    public async Task Who_may_read_no_business_object_finds_none()
    {
        await using var org = await LiveOrg.StartAsync();

        var global = await org.Get("sobjects", LiveOrg.None);
        var describe = await org.Get("sobjects/Contact/describe", LiveOrg.None);

        global.Json["sobjects"]!.AsArray().Select(item => (string)item!["name"]!).ShouldNotContain("Contact");
        describe.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_record_of_a_colleague_may_be_edited_and_not_deleted_or_handed_on()
    {
        await using var org = await LiveOrg.StartAsync();
        await org.Control("users", new { user = "gone@house.test", active = true });
        var (colleague, self) = (await UserId(org, "gone@house.test"), await UserId(org, "nora@house.test"));
        var id = await org.Create("Contact", new { LastName = "Beside", OwnerId = colleague });

        var edited = await org.Patch($"sobjects/Contact/{id}", new { Title = "T" }, LiveOrg.North);
        var deleted = await org.Delete($"sobjects/Contact/{id}", LiveOrg.North);
        var handedOn = await org.Patch($"sobjects/Contact/{id}", new { OwnerId = self }, LiveOrg.North);
        var byOther = await org.Patch($"sobjects/Contact/{id}", new { Title = "S" }, LiveOrg.South);

        edited.Status.ShouldBe(204);
        deleted.Code().ShouldBe("INSUFFICIENT_ACCESS_OR_READONLY");
        handedOn.Code().ShouldBe("INSUFFICIENT_ACCESS_OR_READONLY");
        byOther.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Rights_that_change_while_a_client_runs_are_in_force_at_once()
    {
        await using var org = await LiveOrg.StartAsync();
        var id = (await org.RightsOf("rep-north"))["Contact"]!["visible"]!.Names()[0];

        await org.Control("rights", new { profile = "Rep", @object = "Contact", hide = A.List("Title") });
        var row = await org.Get($"sobjects/Contact/{id}", LiveOrg.North);
        await org.Control("rights", new { profile = "Rep", @object = "Contact", read = false });
        var gone = await org.Get($"sobjects/Contact/{id}", LiveOrg.North);

        row.Json.AsObject().ContainsKey("Title").ShouldBeFalse();
        gone.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_reference_to_what_one_may_not_see_is_refused()
    {
        await using var org = await LiveOrg.StartAsync();
        var account = (await org.RightsOf("rep-south"))["Account"]!["visible"]!.Names()[0];

        var answer = await org.Post("sobjects/Contact", new { LastName = "X", AccountId = account }, LiveOrg.North);

        (answer.Status, answer.Code()).ShouldBe((400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"));
    }

    [Fact]
    public async Task An_inactive_owner_is_refused()
    {
        await using var org = await LiveOrg.StartAsync();

        var answer = await org.Post("sobjects/Contact", new { LastName = "X", OwnerId = await UserId(org, "gone@house.test") });

        (answer.Status, answer.Code()).ShouldBe((400, "INACTIVE_OWNER_OR_USER"));
    }

    private static async Task<string> UserId(LiveOrg org, string username) =>
        (string)(await org.Get($"sobjects/User/Username/{Uri.EscapeDataString(username)}")).Json["Id"]!;
}
