using Liaison.Emulators.Tests.HubSpot;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>E-mails as Salesforce keeps them beside the tasks that they are logged as.</summary>
public sealed class EmailTests
{
    [Fact]
    public async Task A_logged_email_is_read_with_its_task_and_from_what_it_is_about_and_whom_it_went_to()
    {
        await using var org = await LiveOrg.StartAsync();

        var messages = (await org.Get("query?q=SELECT Subject, TextBody, Incoming, Status, Activity.Subject, Activity.TaskSubtype, RelatedTo.Type FROM EmailMessage")).Json["records"]!.AsArray();
        var accounts = (await org.Get("query?q=SELECT Id, (SELECT Id FROM Emails) FROM Account")).Json["records"]!.AsArray();
        var contacts = (await org.Get("query?q=SELECT Id, (SELECT RelationType FROM EmailMessageRelations) FROM Contact")).Json["records"]!.AsArray();

        messages.Count.ShouldBeGreaterThan(0);
        foreach (var message in messages)
        {
            ((string)message!["Activity"]!["TaskSubtype"]!).ShouldBe("Email");
            ((string)message["Activity"]!["Subject"]!).ShouldBe((string)message["Subject"]!);
            ((string)message["TextBody"]!).ShouldStartWith("Body ");
            ((string)message["Status"]!).ShouldBe((bool)message["Incoming"]! ? "1" : "3");
        }

        var aboutAccounts = messages.Count(message => (string?)message!["RelatedTo"]?["Type"] == "Account");
        accounts.Sum(account => (int?)account!["Emails"]?["totalSize"] ?? 0).ShouldBe(aboutAccounts);
        contacts.Sum(contact => (int?)contact!["EmailMessageRelations"]?["totalSize"] ?? 0).ShouldBe(messages.Count);
    }

    [Theory]
    [InlineData(LiveOrg.Admin)]
    [InlineData(LiveOrg.North)]
    [InlineData(LiveOrg.South)]
    public async Task Who_sees_the_task_sees_the_email(string token)
    {
        await using var org = await LiveOrg.StartAsync();

        var tasks = (await org.Get("query?q=SELECT Id FROM Task WHERE TaskSubtype = 'Email'", token)).Json["records"]!.AsArray().Select(row => (string)row!["Id"]!);
        var messages = (await org.Get("query?q=SELECT ActivityId FROM EmailMessage", token)).Json["records"]!.AsArray().Select(row => (string)row!["ActivityId"]!);

        messages.Order().ShouldBe(tasks.Order());
    }

    [Fact]
    public async Task A_hidden_body_is_a_column_that_never_was()
    {
        await using var org = await LiveOrg.StartAsync();
        await org.Control("rights", new { profile = "Rep", @object = "EmailMessage", hide = A.List("TextBody") });

        var refused = await org.Get("query?q=SELECT TextBody FROM EmailMessage", LiveOrg.North);

        refused.Code().ShouldBe("INVALID_FIELD");
        (await org.Get("query?q=SELECT TextBody FROM EmailMessage")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_was_sent_stays_as_it_is_and_a_draft_does_not()
    {
        await using var org = await LiveOrg.StartAsync();
        var account = (string)(await org.Get("query?q=SELECT Id FROM Account LIMIT 1")).Json["records"]![0]!["Id"]!;
        var sent = await org.Create("EmailMessage", new { Subject = "Sent", Status = "3", RelatedToId = account });
        var draft = await org.Create("EmailMessage", new { Subject = "Draft", Status = "5", RelatedToId = account });

        var refused = await org.Patch($"sobjects/EmailMessage/{sent}", new { Subject = "Other" });
        var changed = await org.Patch($"sobjects/EmailMessage/{draft}", new { Subject = "Other" });

        refused.Code().ShouldBe("INSUFFICIENT_ACCESS_OR_READONLY");
        changed.Status.ShouldBe(204, changed.Text);
    }
}
