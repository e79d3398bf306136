namespace Liaison.Emulators.World;

/// <summary>The account's own people, the same in every world, so that examples may name them.</summary>
internal static class Seats
{
    public const int ManagerKey = 1;
    public const int LeftKey = 5;

    private const string East = "Europe/Berlin";
    private const string West = "America/New_York";

    public static IReadOnlyList<WorldTeam> Teams { get; } = [new(1, "North"), new(2, "South"), new(3, "Renewals")];

    public static IReadOnlyList<WorldOwner> Owners { get; } =
    [
        Seat(ManagerKey, "Maren", "Holt", WorldRole.Manager, 1, East),
        Seat(2, "Jonas", "Reidt", WorldRole.Rep, 1, East),
        Seat(3, "Camila", "Duarte", WorldRole.Rep, 2, West),
        Seat(4, "Owen", "Pratt", WorldRole.None, null, West),
        Seat(LeftKey, "Petra", "Sandell", WorldRole.Rep, 1, East) with { Active = false },
        Seat(6, "Aiko", "Mori", WorldRole.Rep, 1, East),
        Seat(7, "Luca", "Ferri", WorldRole.Rep, 2, West),
        Seat(8, "Nadia", "Okafor", WorldRole.Rep, 3, West),
    ];

    /// <summary>An owner for a record: mostly one who still sells, sometimes one who left, or nobody.</summary>
    public static int? Draw(Dice dice, double unowned)
    {
        if (dice.Chance(unowned))
        {
            return null;
        }

        return dice.Chance(MessRates.OwnerLeft) ? LeftKey : dice.Pick([2, 2, 3, 3, 6, 6, 7, 7, 8, ManagerKey]);
    }

    private static WorldOwner Seat(int key, string first, string last, WorldRole role, int? team, string zone)
    {
        var email = $"{first}.{last}@harborworks.example".ToLowerInvariant();

        return new WorldOwner(key, first, last, email, role, team, Active: true, zone);
    }
}
