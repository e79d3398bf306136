using Liaison.Work;

namespace Liaison.Storage;

/// <summary>Adds up what a store counted of a run's items.</summary>
internal static class ItemCounts
{
    /// <summary>The name beside those of the states under which a store tells how many items came in.</summary>
    public const string CameIn = "in";

    /// <param name="counted">By state, those that were dropped among them, and how many came in, told by one statement.</param>
    /// <exception cref="InvalidOperationException">The states do not add up to the items that came in.</exception>
    public static RunCounts Sum(string run, IReadOnlyList<KeyValuePair<string, long>> counted)
    {
        // Places are given without gaps, so the last one is how many came in.
        var came = counted.Single(pair => pair.Key == CameIn).Value;
        var counts = counted.Where(pair => pair.Key != CameIn)
            .GroupBy(pair => StoredName<ItemState>.Parse(pair.Key), pair => pair.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        var summed = new RunCounts(
            Ready: counts.GetValueOrDefault(ItemState.Ready),
            Leased: counts.GetValueOrDefault(ItemState.Leased),
            Done: counts.GetValueOrDefault(ItemState.Done),
            Skipped: counts.GetValueOrDefault(ItemState.Skipped),
            Gone: counts.GetValueOrDefault(ItemState.Gone),
            Parked: counts.GetValueOrDefault(ItemState.Parked),
            Dead: counts.GetValueOrDefault(ItemState.Dead));
        return summed.In == came
            ? summed
            : throw new InvalidOperationException($"{run} took in {came} items and its states hold {summed.In}.");
    }
}
