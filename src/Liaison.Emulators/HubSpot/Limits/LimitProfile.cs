namespace Liaison.Emulators.HubSpot.Limits;

/// <summary>What an account may spend (contract section 3).</summary>
/// <param name="Burst">Requests of one app in ten seconds.</param>
/// <param name="Daily">Requests of all private apps together in one day; <see langword="null"/> where OAuth apps have none.</param>
internal sealed record LimitProfile(string Name, int Burst, int? Daily)
{
    public const int SearchesPerSecond = 5;

    /// <summary>Association batches and labels stand outside the ten-second policy and have a pace of their own.</summary>
    public const int AssociationBatchesPerSecond = 10;

    /// <summary>Gets the allowance of every OAuth app.</summary>
    public static LimitProfile OAuth { get; } = new("oauth", 110, null);

    /// <summary>Gets what the headers tell when nothing is refused: far more than any client will spend.</summary>
    public static LimitProfile Unlimited { get; } = new("off", 100_000, null);

    public static LimitProfile Named(string name) => name switch
    {
        "free-starter" => new LimitProfile(name, 100, 250_000),
        "professional" => new LimitProfile(name, 190, 650_000),
        "enterprise" => new LimitProfile(name, 190, 1_000_000),
        "pack" => new LimitProfile(name, 250, 1_650_000),
        "oauth" => OAuth,
        _ => throw new ArgumentException(
            $"There is no limit profile \"{name}\"; choose free-starter, professional, enterprise, pack or oauth.", nameof(name)),
    };
}
