using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Tests.Gateway;

namespace Liaison.Tests.Writeback;

/// <summary>How often a write is tried whose answer was lost and which is seen not to be there (R125).</summary>
public sealed class WriteAttemptsTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_write_that_is_seen_not_to_be_there_is_tried_three_times_more_and_has_then_failed()
    {
        var id = world.AddContact();
        var sent = 0;
        world.Connector.OnWrite = (_, _) =>
        {
            sent++;
            return Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(EngineWorld.Lost);
        };

        var outcome = (await world.SubmitAsync(await world.ScoreAsync(id, 80)))[0];

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
        sent.ShouldBe(4);
        world.WritesOf(id).ShouldBe(0);
    }
}
