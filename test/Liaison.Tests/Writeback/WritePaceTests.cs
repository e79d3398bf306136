using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>A CRM that cannot take a write is not sent it again at once, and not more often than four times (R112, R113, R117, R125).</summary>
public sealed class WritePaceTests : IAsyncDisposable
{
    private static readonly Failure Lost = new(FailureKind.Ambiguous, "The CRM answered 503.");
    private static readonly Failure Locked = new(FailureKind.Unavailable, "Somebody else is changing the record.");

    private readonly EngineWorld world = new() { Channel = new ChannelOptions() };
    private readonly List<DateTimeOffset> sent = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_waits_double_and_are_spread_by_a_fifth_and_the_fourth_attempt_is_the_last()
    {
        world.Connector.OnWrite = (_, _) => Refuse(Lost);

        var outcome = await SubmitAsync(world.AddContact());

        outcome.ShouldNotBeNull().Message.ShouldContain("took none of 4 attempts");
        outcome.Attempts.Select(attempt => attempt.At).ShouldBe(sent);
        Waits().Count.ShouldBe(3);
        foreach (var (wait, plain) in Waits().Zip([1.0, 2.0, 4.0]))
        {
            wait.ShouldBeInRange(plain * 0.8, (plain * 1.2) + 0.1);
        }
    }

    [Fact]
    public async Task What_the_CRM_asks_for_is_waited_for_where_it_is_longer()
    {
        world.Connector.OnWrite = (_, send) => sent.Count < 1 ? Refuse(Lost with { RetryAfter = TimeSpan.FromSeconds(30) }) : Send(send);

        (await SubmitAsync(world.AddContact())).ShouldBeNull();

        Waits().ShouldHaveSingleItem().ShouldBeInRange(30, 30.2);
    }

    [Fact]
    public async Task What_takes_longer_than_anybody_waits_is_told_at_once()
    {
        world.Connector.OnWrite = (_, _) => Refuse(Lost with { RetryAfter = TimeSpan.FromMinutes(10) });

        (await SubmitAsync(world.AddContact())).ShouldNotBeNull().RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));

        sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_record_that_is_locked_beside_others_is_tried_again_alone()
    {
        string[] ids = [world.AddContact(), world.AddContact(), world.AddContact()];
        var tries = 0;
        var batches = new List<int>();
        world.Connector.OnWrite = async (writes, send) =>
        {
            batches.Add(writes.Count);
            if (!writes.Any(write => write.Id == ids[1]) || ++tries == 3)
            {
                return await send();
            }

            sent.Add(world.Time.GetUtcNow());
            return Result<IReadOnlyList<WriteOutcome>>.Of([.. writes.Select(write => new WriteOutcome(write.Key, write.Id, write.Id == ids[1] ? Locked : null))]);
        };

        var outcomes = await SubmitAllAsync(ids);

        outcomes[1].Failure.ShouldBeNull();
        tries.ShouldBe(3);
        batches.ShouldBe([3, 1, 1]);
    }

    [Fact]
    public async Task An_attempt_that_met_a_CRM_that_answers_nobody_is_not_counted()
    {
        world.Connector.OnWrite = (_, send) => sent.Count < 9 ? Refuse(Lost with { HeldBack = true }) : Send(send);

        (await SubmitAsync(world.AddContact())).ShouldBeNull();

        sent.Count.ShouldBe(10);
    }

    private Task<Result<IReadOnlyList<WriteOutcome>>> Refuse(Failure failure)
    {
        sent.Add(world.Time.GetUtcNow());
        return Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(failure with { Attempts = [new FailedAttempt(sent[^1], failure.Kind, null)] });
    }

    private Task<Result<IReadOnlyList<WriteOutcome>>> Send(Func<Task<Result<IReadOnlyList<WriteOutcome>>>> send)
    {
        sent.Add(world.Time.GetUtcNow());
        return send();
    }

    private List<double> Waits() => [.. sent.Zip(sent.Skip(1), (one, next) => (next - one).TotalSeconds)];

    private async Task<Failure?> SubmitAsync(string id) => (await SubmitAllAsync(id))[0].Failure;

    // Time goes on to the instant that somebody waits for, and no further.
    private async Task<IReadOnlyList<ChangeOutcome>> SubmitAllAsync(params string[] ids)
    {
        var changes = new List<ProposedChange>();
        foreach (var id in ids)
        {
            changes.Add(await world.ScoreAsync(id, 81));
        }

        var submitting = world.SubmitAsync([.. changes]);
        while (!submitting.IsCompleted)
        {
            if (world.Time.Pending is [var next, ..] && next < TimeSpan.FromSeconds(75))
            {
                world.Time.Advance(next);
            }

            await Task.Yield();
        }

        return await submitting;
    }
}
