namespace Liaison.Emulators.HubSpot;

/// <summary>Which record id a key of the world gets: twelve digits, the same for the same world (contract section 6.1).</summary>
internal static class HubSpotIds
{
    public const long FirstContact = 210_000_000_000;
    public const long FirstCompany = 320_000_000_000;
    public const long FirstDeal = 430_000_000_000;
    public const long FirstTicket = 540_000_000_000;
    public const long FirstLead = 560_000_000_000;
    public const long FirstNote = 610_000_000_000;
    public const long FirstTask = 620_000_000_000;
    public const long FirstCall = 630_000_000_000;
    public const long FirstEmail = 640_000_000_000;
    public const long FirstMeeting = 650_000_000_000;
    public const long FirstCustom = 710_000_000_000;

    public const long FirstUserRecord = 720_000_000_000;

    /// <summary>The number of the custom type that the account has from the start; later ones count on.</summary>
    public const int FirstCustomType = 4_100_200;

    public static long FirstOfCustomType(int number) => FirstCustom + ((number - FirstCustomType) * 1_000_000_000_000);

    public static long Owner(int key) => 76_000_000 + key;

    public static long User(int key) => 7_000 + key;

    public static long Team(int key) => 170_000 + key;

    public static long Contact(int key) => FirstContact + key;

    public static long Company(int key) => FirstCompany + key;

    public static long Deal(int key) => FirstDeal + key;
}
