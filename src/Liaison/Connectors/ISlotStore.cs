using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Hands out, among all nodes of a deployment, the instants at which calls may start and the places of calls in flight.</summary>
/// <remarks>
/// Safe for concurrent use by any number of processes. What it holds matters for the length of a window and no longer, so it need not
/// outlive a power cut; it goes by the store's own clock, never by a node's.
/// </remarks>
public interface ISlotStore
{
    /// <summary>Reserves the next instants of a limit, people's before a run's.</summary>
    Task<SlotGrant> ReserveAsync(ConnectionName connection, LimitKind kind, SlotRequest request, CancellationToken cancellationToken);

    /// <summary>Gives out no instant of a limit for a while, because the CRM asked for silence; never shortens an earlier silence.</summary>
    Task DeferAsync(ConnectionName connection, LimitKind kind, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Holds places of a limit on calls in flight, anew or for longer; a node that does not ask again in time loses them.</summary>
    Task<PlaceGrant> HoldAsync(ConnectionName connection, LimitKind kind, PlaceRequest request, CancellationToken cancellationToken);
}

/// <summary>What a node asks of a limit's sequence.</summary>
/// <param name="Node">The asking process.</param>
/// <param name="People">How many calls wait for which a person waits.</param>
/// <param name="Batch">How many calls of runs wait.</param>
/// <param name="Permits">How many calls a window may hold, over all nodes, as this node knows it from configuration and headers.</param>
/// <param name="Owed">By how much calls were later than their instants allow; the sequence moves on by as much.</param>
public sealed record SlotRequest(string Node, int People, int Batch, int Permits, TimeSpan Window, TimeSpan Owed = default);

/// <summary>The instants that a node was given: evenly spaced, for nobody else.</summary>
/// <param name="First">How long from the store's present to the first instant; a little below zero where a call catches up.</param>
/// <param name="Tolerance">By how much a call may be later than its instant without owing anything.</param>
/// <param name="AskAgain">After how long asking again can give something; zero where all was given that was asked for.</param>
/// <param name="Silence">How long the CRM still wants no call at all.</param>
/// <param name="Alone">Whether no other node asked lately: then the node's own limiter knows of every call.</param>
public sealed record SlotGrant(
    int Count, TimeSpan First, TimeSpan Spacing, TimeSpan Tolerance, TimeSpan AskAgain, TimeSpan Silence, bool Alone);

/// <summary>What a node asks of a limit on calls in flight.</summary>
/// <param name="People">How many places are wanted in all for people's calls, those in use included.</param>
/// <param name="Batch">The same for runs.</param>
/// <param name="InUse">How many calls are in flight; these cannot be taken back.</param>
/// <param name="Places">How many places there are for all nodes together.</param>
public sealed record PlaceRequest(string Node, int People, int Batch, int InUse, int Places);

/// <summary>The places that a node may use.</summary>
/// <param name="ForBatch">How many calls may be in flight when a run's call starts; the rest is kept for people.</param>
/// <param name="AskAgain">After how long the node must ask again, sooner where others want places.</param>
/// <param name="GoodFor">For how long the places are held.</param>
public sealed record PlaceGrant(int Places, int ForBatch, TimeSpan AskAgain, TimeSpan GoodFor);
