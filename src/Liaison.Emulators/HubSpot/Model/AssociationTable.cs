namespace Liaison.Emulators.HubSpot.Model;

/// <summary>HubSpot's own association type ids (contract section 8): they differ by direction.</summary>
internal static class AssociationTable
{
    /// <summary>Each pair once: plain id forward and back, then the primary ids where the pair has a primary.</summary>
    public static IReadOnlyList<(string A, string B, int Forward, int Back, int PrimaryForward, int PrimaryBack)> Rows { get; } =
    [
        ("contact", "company", 279, 280, 1, 2),
        ("deal", "company", 341, 342, 5, 6),
        ("ticket", "company", 339, 340, 26, 25),
        ("deal", "contact", 3, 4, 0, 0),
        ("ticket", "contact", 16, 15, 0, 0),
        ("deal", "ticket", 27, 28, 0, 0),
        ("deal", "line_item", 19, 20, 0, 0),
        ("call", "contact", 194, 193, 0, 0),
        ("call", "company", 182, 181, 0, 0),
        ("call", "deal", 206, 205, 0, 0),
        ("call", "ticket", 220, 219, 0, 0),
        ("call", "meeting", 399, 400, 0, 0),
        ("email", "contact", 198, 197, 0, 0),
        ("email", "company", 186, 185, 0, 0),
        ("email", "deal", 210, 209, 0, 0),
        ("email", "ticket", 224, 223, 0, 0),
        ("meeting", "contact", 200, 199, 0, 0),
        ("meeting", "company", 188, 187, 0, 0),
        ("meeting", "deal", 212, 211, 0, 0),
        ("meeting", "ticket", 226, 225, 0, 0),
        ("note", "contact", 202, 201, 0, 0),
        ("note", "company", 190, 189, 0, 0),
        ("note", "deal", 214, 213, 0, 0),
        ("note", "ticket", 228, 227, 0, 0),
        ("task", "contact", 204, 203, 0, 0),
        ("task", "company", 192, 191, 0, 0),
        ("task", "deal", 216, 215, 0, 0),
        ("task", "ticket", 230, 229, 0, 0),
        ("communication", "contact", 81, 82, 0, 0),
        ("communication", "ticket", 83, 84, 0, 0),
        ("communication", "deal", 85, 86, 0, 0),
        ("communication", "company", 87, 88, 0, 0),
        ("lead", "contact", 608, 609, 578, 579),
        ("lead", "company", 610, 611, 0, 0),
        ("contact", "contact", 449, 449, 0, 0),
        ("company", "company", 450, 450, 0, 0),
        ("deal", "deal", 451, 451, 0, 0),
        ("ticket", "ticket", 452, 452, 0, 0),
    ];

    /// <summary>The one labelled pair of a type with itself: a parent company and its child.</summary>
    public static (int ParentToChild, int ChildToParent) CompanyTree => (13, 14);
}
