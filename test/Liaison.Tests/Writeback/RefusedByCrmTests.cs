using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Proposals that are sent at once and that the CRM itself does not take.</summary>
public sealed class RefusedByCrmTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(FailureKind.Invalid)]
    [InlineData(FailureKind.Denied)]
    [InlineData(FailureKind.Forbidden)]
    public async Task The_CRMs_own_refusal_is_told_and_stands_once_as_failed(FailureKind kind)
    {
        var note = new ChangeRequest(
            new ChangeAction.LogSummary(GovernedWorld.Contact(world.Engine.AddContact()), RecordType.Note, null, "All is well."), "A call.");
        world.Engine.Crm.FailNext(CrmOperation.Write, new Failure(kind, "The CRM does not take it."));

        var refused = (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, note, Token)).Refused();

        refused.Kind.ShouldBe(kind);
        (await world.Engine.Changes.ListAsync(new ChangeQuery(), Token)).ShouldHaveSingleItem().State.ShouldBe(ChangeState.Failed);
    }
}
