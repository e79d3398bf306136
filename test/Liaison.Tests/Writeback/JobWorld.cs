using Liaison.Connectors;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>An engine over a CRM that takes five changes and more as jobs of up to eight.</summary>
internal sealed class JobWorld : IAsyncDisposable
{
    public const int From = 5;
    public const int Rows = 8;

    // Looks are paced by the connector's word; where that is zero no test has to wait.
    public EngineWorld Engine { get; } = new(new JobDescriptor
    {
        From = From, Rows = Rows, CallsOfRead = 1, CallsOfWrite = 4, FirstLook = TimeSpan.Zero, RowsASecond = int.MaxValue,
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    public async Task<List<ProposedChange>> ScoresAsync(int count, string? playbook = null)
    {
        List<ProposedChange> changes = [];
        for (var number = 0; number < count; number++)
        {
            changes.Add(await Engine.ScoreAsync(Engine.AddContact(), 50 + number, playbook: playbook));
        }

        return changes;
    }

    public async Task DieAsync(string step, List<ProposedChange> changes)
    {
        Engine.Connector.OnJob = reached => reached == step ? throw new InvalidOperationException("killed") : Task.CompletedTask;
        await Should.ThrowAsync<InvalidOperationException>(() => SubmitAsync(changes));
        Engine.Connector.OnJob = static _ => Task.CompletedTask;
        Engine.Time.Advance(TimeSpan.FromMinutes(5));
    }

    // Pauses between tries pass as fast as anybody asks.
    public async Task<IReadOnlyList<ChangeOutcome>> SubmitAsync(List<ProposedChange> changes)
    {
        var submitting = Engine.SubmitAsync([.. changes]);
        while (!submitting.IsCompleted)
        {
            Engine.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await submitting;
    }

    public async Task EachIsWrittenOnceAsync(int count)
    {
        Engine.Crm.Writes.CountBy(write => write.Id).ShouldAllBe(written => written.Value == 1);
        Engine.Crm.Writes.Count.ShouldBe(count);
        (await Engine.Changes.CountAsync("run-1", Token)).ShouldBe([KeyValuePair.Create(ChangeState.Verified, (long)count)]);
    }

    public static string IdOf(ProposedChange change) => change.Change.Action.Target.Id;
}
