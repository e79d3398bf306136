using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Configuration;

/// <summary>A wrong configuration stops the start with every fault that it has, each with the line to mend.</summary>
public sealed class ConfigurationFaultTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task Every_fault_of_every_section_is_told_at_once_with_its_line()
    {
        place.With($$"""
            connections:
              crm:
                crm: nosuch
                share: 7
              plain:
                crm: hubspot
                baseUrl: http://crm.example.com
                credentials:
                  account: pat-written-out
            policy:
              members:
                - subject: anna@example.com
                  roles: [approver]
                - subject: anna@example.com
              grants:
                - subject: anna@example.com
                  role: approver
                  actors: [cli]
                  purposes: [assistance]
                  connections: [crm, gone]
                  write:
                    contact: { "*": auto }
              agents:
                qualify:
                  limits:
                    shareOfRecords: 40
              approval:
                expireAfterHours: 0
            pipelines:
              qualify:
                scorecard: nosuch
                chunkSize: 7
            scorecards:
              - name: empty
            schedules:
              nightly:
                pipeline: nosuch
                connection: gone
                cron: at night
                timeZone: Europe/Atlantis
            """);

        var ended = await place.RunAsync("run", "list");

        ended.ShouldEndWith(1).Errors.Split('\n').Select(Short).ShouldBe(
            [
                "3 connections.crm.crm", "4 connections.crm.share", "7 connections.plain.baseUrl", "9 connections.plain.credentials.account",
                "14 policy.members[1]", "16 policy.grants[0]", "20 policy.grants[0].connections", "22 policy.grants[0].write.contact",
                "26 policy.agents.qualify.limits.shareOfRecords", "28 policy.approval.expireAfterHours", "31 pipelines.qualify.scorecard",
                "32 pipelines.qualify.chunkSize", "37 schedules.nightly.pipeline", "38 schedules.nightly.connection",
                "39 schedules.nightly.cron", "40 schedules.nightly.timeZone", "34 scorecards[0]", "34 scorecards[0]",
            ],
            ignoreOrder: true,
            ended.Everything);
        ended.Everything.ShouldNotContain("pat-written-out");
    }

    [Fact]
    public async Task A_fault_in_a_file_that_the_configuration_names_is_told_with_that_file()
    {
        var card = place.Write("card.yaml", "name: card\nbase: -1\n");
        Directory.CreateDirectory(Path.Combine(place.Folder, "state", "connections"));
        var added = place.Write(Path.Combine("state", "connections", "more.yaml"), "crm: hubspot\nlimitProfile: nosuch\n");
        place.With("scorecardFiles: [card.yaml]\nstorage: { folder: state }\npipelines: { qualify: { scorecard: card } }\n");

        var lines = (await place.RunAsync("run", "list")).ShouldEndWith(1).Errors.Split('\n');

        lines.ShouldContain(line => line.StartsWith($"{added}:2: connections.more.limitProfile: ", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith($"{card}:1: scorecards[0]: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("policy:\n", "1 policy")]
    [InlineData("connections:\n  crm:\n", "2 connections.crm")]
    [InlineData("connections:\n  crm:\n    crm: hubspot\n    credentials: ~\n", "4 connections.crm.credentials")]
    [InlineData("policy:\n  grants:\n    -\n", "3 policy.grants[0]")]
    public async Task A_key_with_nothing_behind_it_is_told_and_breaks_nothing(string yaml, string expected)
    {
        place.With(yaml);

        var ended = await place.RunAsync("run", "list");

        ended.ShouldEndWith(1).Errors.Split('\n').Select(Short).ShouldBe([expected], ended.Everything);
    }

    [Fact]
    public async Task A_machine_gets_all_faults_in_one_document()
    {
        place.With("operator: \"\"\npipelines: { qualify: { chunkSize: 7 } }\n");

        var ended = await place.RunAsync("run", "list", "--output", "json");

        var message = ended.ShouldEndWith(1).Json().GetProperty("message").GetString()!;
        message.Split('\n').Select(Short).ShouldBe(["2 pipelines.qualify.chunkSize", "1 operator"], ignoreOrder: true);
        ended.Errors.ShouldBeEmpty();
    }

    // Line and key; the sentences are the validators' own.
    private string Short(string line)
    {
        line.ShouldStartWith(place.ConfigFile + ":");
        line.ShouldEndWith(".");
        return string.Join(' ', line[(place.ConfigFile.Length + 1)..].Split(": ")[..2]);
    }
}
