namespace Liaison.Emulators.HubSpot.Model;

/// <summary>What one unit of a currency is worth in the home currency.</summary>
internal sealed record ExchangeRate(string From, decimal Worth, DateTimeOffset CreatedAt)
{
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    public bool Visible { get; init; } = true;
}
