using System.Globalization;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Pipelines.Scorecards;

/// <summary>The texts by which a value may be meant, folded: a choice goes by its value and its label.</summary>
internal static class CandidateTexts
{
    /// <summary>Gives the texts; none for a value that holds none.</summary>
    public static List<string> Of(FieldValue value)
    {
        var texts = new List<string>(2);
        switch (value)
        {
            case FieldValue.Text text:
                Add(texts, text.Value);
                break;
            case FieldValue.RichText rich:
                Add(texts, HtmlText.ToPlain(rich.Html));
                break;
            case FieldValue.Option option:
                Add(texts, option.Label);
                Add(texts, option.Value);
                break;
            case FieldValue.OptionList list:
                foreach (var option in list.Options)
                {
                    Add(texts, option.Label);
                    Add(texts, option.Value);
                }

                break;
            case FieldValue.Number number:
                Add(texts, number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case FieldValue.Reference reference:
                Add(texts, reference.Id);
                break;
        }

        return texts;
    }

    private static void Add(List<string> texts, string text)
    {
        var folded = FoldedText.Of(text);
        if (folded.Length > 0)
        {
            texts.Add(folded);
        }
    }
}

/// <summary>The number that a value holds, however the CRM typed it.</summary>
internal static class NumberIn
{
    public static decimal? Of(FieldValue value) => value switch
    {
        FieldValue.Number number => number.Value,
        FieldValue.Money money => money.Amount,
        FieldValue.Text text when ValueReader.TryNumber(NativeValue.OfText(text.Value), out var number) => number,
        FieldValue.Option option when ValueReader.TryNumber(NativeValue.OfText(option.Value), out var number) => number,
        _ => null,
    };
}
