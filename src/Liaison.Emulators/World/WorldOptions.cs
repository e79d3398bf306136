namespace Liaison.Emulators.World;

/// <summary>The size and seed of a generated world.</summary>
public sealed record WorldOptions
{
    /// <summary>Gets the seed; the same seed and sizes give the same world on every machine.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Gets the number of people, careless second entries included.</summary>
    /// <value>The default is 10,000.</value>
    public int Contacts { get; init; } = 10_000;

    /// <summary>Gets the number of companies, careless second entries included.</summary>
    /// <value>The default is 1,000.</value>
    public int Companies { get; init; } = 1_000;

    /// <summary>Gets the instant that the world counts as the present; nobody is created after it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Gets how many people have lead status NEW and were created within the last 24 hours; the others are older.</summary>
    /// <value>The default, <see langword="null"/>, is all <see cref="Contacts"/>.</value>
    public int? NewLeads { get; init; }

    /// <summary>Gets how many activities there are for each person, on average.</summary>
    /// <value>The default is 0.3.</value>
    public double ActivitiesPerContact { get; init; } = 0.3;

    internal int FreshLeads => NewLeads ?? Contacts;

    internal void Verify()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Contacts);
        ArgumentOutOfRangeException.ThrowIfNegative(Companies);
        ArgumentOutOfRangeException.ThrowIfNegative(FreshLeads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FreshLeads, Contacts);
        ArgumentOutOfRangeException.ThrowIfNegative(ActivitiesPerContact);
    }
}
