namespace Liaison.Connectors;

/// <summary>A limiter that shares its limit with other nodes, so that it must ask the store before calls may start.</summary>
/// <remarks>Like every limiter it is used under the throttle's lock; only the asking itself goes on outside it.</remarks>
internal interface ISharedLimiter : ILimiter
{
    /// <summary>Tells when the store is to be asked; <see cref="long.MaxValue"/> while there is nothing to ask for.</summary>
    long AskAt(Demand demand, long now);

    /// <summary>Begins to ask; nothing else is asked until <see cref="Take(Answer, long)"/> or <see cref="Forsake(long)"/>.</summary>
    Func<CancellationToken, Task<Answer>> Ask(Demand demand, long now);

    /// <summary>Takes the answer in.</summary>
    void Take(Answer answer, long now);

    /// <summary>Ends an asking that gave no answer.</summary>
    void Forsake(long now);

    /// <summary>Gives, once, what the other nodes are to be told: that the CRM wants silence of which they may not know yet.</summary>
    Func<CancellationToken, Task>? Tell(long now) => null;
}

/// <summary>How many calls wait that only this limiter holds up.</summary>
internal readonly record struct Demand(int People, int Batch)
{
    public int Total => People + Batch;
}

/// <summary>What a store answered to one asking.</summary>
/// <param name="Asked">When it was asked, by the throttle's clock.</param>
internal sealed record Answer(SlotGrant? Slots, PlaceGrant? Places, long Asked);
