using Liaison.Emulators.Salesforce.Soql.Execution;

namespace Liaison.Emulators.Salesforce.Soql.Answers;

/// <summary>How many records a page holds: what was asked, which is a hint, and what the selected fields allow.</summary>
internal static class PageSize
{
    public const int Largest = 2_000;
    private const int Smallest = 200;
    private const int WithLongText = 1_000;

    /// <summary>Chooses a size (contract sections 3.4 and 6.1).</summary>
    /// <param name="asked">The batchSize of Sforce-Query-Options; <see langword="null"/> where there was none.</param>
    public static int Of(SoqlResult result, int? asked)
    {
        var size = Math.Clamp(asked ?? Largest, Smallest, Largest);
        if (result is not SoqlResult.Rows rows)
        {
            return size;
        }

        var longTexts = rows.Plan.Fields.Where(field => field.IsLongText).ToList();
        return longTexts.Count(field => field.IsCustom) >= 2 ? Smallest
            : longTexts.Count > 0 ? Math.Min(size, WithLongText)
            : size;
    }
}
