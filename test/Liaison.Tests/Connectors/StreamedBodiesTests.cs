using System.Text;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Tests.Identity;
using static Liaison.Tests.Connectors.StandInServer;

namespace Liaison.Tests.Connectors;

/// <summary>Bodies that are too large to be held are written as they are sent, and read as they come.</summary>
public sealed class StreamedBodiesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_is_written_as_it_is_sent_has_its_length_and_is_the_same_when_it_is_sent_again()
    {
        await using var world = await ChannelWorld.StartAsync();
        List<(long? Length, string? Type)> told = [];
        world.Server.Lines(
            context =>
            {
                told.Add((context.Request.ContentLength, context.Request.ContentType));
                return Answer(503, "")(context);
            },
            context =>
            {
                told.Add((context.Request.ContentLength, context.Request.ContentType));
                return Answer(201, "")(context);
            });

        var answer = (await world.SendAsync(Upload("one", "two"))).Found();

        answer.Status.ShouldBe(201);
        world.Server.Requests.Select(request => request.Body).ShouldBe(["onetwo", "onetwo"]);
        told.ShouldBe([(6, "text/csv"), (6, "text/csv")]);
    }

    [Fact]
    public async Task A_write_whose_body_has_begun_to_leave_may_have_been_done()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Cut());

        (await world.SendAsync(Upload("one"))).Refused().Kind.ShouldBe(FailureKind.Ambiguous);
    }

    [Fact]
    public async Task An_answer_is_read_while_the_rest_of_it_is_still_to_come()
    {
        await using var world = await ChannelWorld.StartAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = new StringBuilder();
        world.Server.Lines(async context =>
        {
            context.Response.Headers["X-Correlation"] = "abc-1";
            await context.Response.Body.WriteAsync("first"u8.ToArray());
            await context.Response.Body.FlushAsync();

            // The rest is sent only once the beginning was read: who waits for the whole waits for ever.
            await begun.Task;
            await context.Response.Body.WriteAsync(" last"u8.ToArray());
        });

        var answer = (await world.SendAsync(ReadInto(read, begun)).WaitAsync(TimeSpan.FromSeconds(20), Token)).Found();

        read.ToString().ShouldBe("first last");
        (answer.Status, answer.Body.Length, answer.CorrelationId).ShouldBe((200, 0, "abc-1"));
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_asked_for_again_and_read_from_its_beginning()
    {
        await using var world = await ChannelWorld.StartAsync();
        var read = new StringBuilder();
        world.Server.Lines(CutInTheBody(), Answer(200, "whole"));

        (await world.SendAsync(ReadInto(read))).Found();

        read.ToString().ShouldBe("whole");
        world.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_larger_answer_than_is_held_can_be_read_as_it_comes()
    {
        var options = new ChannelOptions { AttemptTimeout = TimeSpan.FromHours(1), LargestAnswer = 4 };
        await using var world = await ChannelWorld.StartAsync(options: options);
        var read = new StringBuilder();
        world.Server.Lines(Answer(200, "large"), Answer(200, "large"));

        (await world.SendAsync(ChannelWorld.Read())).Refused().Kind.ShouldBe(FailureKind.Invalid);
        (await world.SendAsync(ReadInto(read))).Found();

        read.ToString().ShouldBe("large");
    }

    [Fact]
    public async Task A_refusal_is_judged_by_its_body_and_not_read_as_an_answer()
    {
        await using var world = await ChannelWorld.StartAsync();
        var read = new StringBuilder();
        world.Server.Lines(Answer(429, "BURST|||"), Answer(200, "whole"));

        (await world.SendAsync(ReadInto(read))).Found();

        read.ToString().ShouldBe("whole");
        world.Calls.Entries[0].FailureKind.ShouldBe(nameof(FailureKind.RateLimited));
    }

    private static CrmCall Upload(params string[] parts) => new(CrmOperation.Write, "job.upload", HttpMethod.Put, "/jobs/1/batches")
    {
        ContentType = "text/csv",
        Streamed = new StreamedBody(parts.Sum(part => part.Length), async (stream, stop) =>
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(part), stop);
            }
        }),
    };

    private static CrmCall ReadInto(StringBuilder read, TaskCompletionSource? begun = null) => ChannelWorld.Read() with
    {
        ReadAnswer = async (stream, stop) =>
        {
            read.Clear();
            var buffer = new byte[16];
            while (await stream.ReadAsync(buffer, stop) is > 0 and var length)
            {
                read.Append(Encoding.UTF8.GetString(buffer, 0, length));
                begun?.TrySetResult();
            }
        },
    };
}
