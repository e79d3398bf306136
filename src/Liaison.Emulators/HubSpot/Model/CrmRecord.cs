namespace Liaison.Emulators.HubSpot.Model;

/// <summary>One value that a property had, and who gave it.</summary>
internal sealed record ValueChange(int Slot, string? Value, DateTimeOffset At, ChangeSource Source);

/// <summary>Who changed a value, in the words of property history.</summary>
internal sealed record ChangeSource(string Type, string? Id, long? UserId)
{
    /// <summary>How the account's records came in.</summary>
    public static ChangeSource Import { get; } = new("IMPORT", "1", null);

    /// <summary>What came through the API without saying for whom.</summary>
    public static ChangeSource Api { get; } = new("API", null, null);

    /// <summary>Values that the CRM derives itself.</summary>
    public static ChangeSource Calculated { get; } = new("CALCULATED", null, null);
}

/// <summary>What search still shows of a record that was written a moment ago.</summary>
/// <param name="Values">The values before the write; <see langword="null"/> for a record that search does not know yet.</param>
/// <param name="Until">When search catches up.</param>
internal sealed record StaleIndexEntry(string?[]? Values, DateTimeOffset UpdatedAt, DateTimeOffset Until);

/// <summary>A record of any object type.</summary>
/// <remarks>Values sit in an array by the slot of their property: fifty thousand records must fit in little memory.</remarks>
internal sealed class CrmRecord(long id, DateTimeOffset createdAt, DateTimeOffset updatedAt, int slots)
{
    /// <summary>A record that is written over and over must not grow for ever.</summary>
    private const int MostChanges = 400;
    private string?[] _values = new string?[slots];

    public long Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = updatedAt;

    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Gets or sets a value indicating whether the record was merged into another or erased: then it is not even archived.</summary>
    public bool Gone { get; set; }

    /// <summary>Gets the recorded changes, oldest first; <see langword="null"/> until the first write after loading.</summary>
    public List<ValueChange>? History { get; private set; }

    public StaleIndexEntry? Stale { get; set; }

    public bool IsLive => ArchivedAt is null && !Gone;

    public string? this[int slot] => slot < _values.Length ? _values[slot] : null;

    public string?[] CopyValues() => (string?[])_values.Clone();

    /// <summary>Sets a value as loaded: without history.</summary>
    public void Load(int slot, string? value)
    {
        if (slot >= _values.Length)
        {
            Array.Resize(ref _values, slot + 8);
        }

        _values[slot] = value;
    }

    /// <summary>Sets a value and remembers who did.</summary>
    public void Change(int slot, string? value, DateTimeOffset at, ChangeSource source)
    {
        History ??= [];
        var before = this[slot];
        if (before is not null && !History.Exists(change => change.Slot == slot))
        {
            History.Add(new ValueChange(slot, before, CreatedAt, ChangeSource.Import));
        }

        Load(slot, value);
        History.Add(new ValueChange(slot, value, at, source));
        if (History.Count > MostChanges)
        {
            History.RemoveAt(0);
        }
    }
}
