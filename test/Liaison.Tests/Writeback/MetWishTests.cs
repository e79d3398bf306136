using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Wishes that their records meet already, asked once more under the same key.</summary>
public sealed class MetWishTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_intent_whose_sender_died_after_the_CRM_took_it_is_settled_though_nothing_is_left_to_change()
    {
        var contact = world.AddContact();
        var change = await world.ScoreAsync(contact, 81);
        world.Connector.OnWrite = async (_, send) =>
        {
            await send();
            throw new IOException("The process dies here.");
        };
        await Should.ThrowAsync<IOException>(() => world.SubmitAsync(change));
        world.Connector.OnWrite = static (_, send) => send();

        var again = (await world.SubmitAsync(await world.ScoreAsync(contact, 81)))[0];

        again.Unchanged.ShouldBeFalse();
        again.Receipt.ShouldNotBeNull().ChangeId.ShouldBe(change.Change.Id);
        (await world.Changes.ListAsync(new ChangeQuery(), Token)).ShouldHaveSingleItem().State.ShouldBe(ChangeState.Verified);
        world.WritesOf(contact).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_applied_before_is_answered_by_its_receipt_and_sent_no_more()
    {
        var contact = world.AddContact();
        var first = (await world.SubmitAsync(await world.ScoreAsync(contact, 81)))[0];

        var again = (await world.SubmitAsync(await world.ScoreAsync(contact, 81)))[0];
        var other = (await world.SubmitAsync(await world.ScoreAsync(contact, 81, key: "another run's")))[0];

        again.Unchanged.ShouldBeFalse();
        again.Receipt.ShouldBe(first.Receipt! with { Sent = false });
        other.Unchanged.ShouldBeTrue();
        world.WritesOf(contact).ShouldBe(1);
    }
}
