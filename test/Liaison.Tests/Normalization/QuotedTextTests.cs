using Liaison.Normalization;

namespace Liaison.Tests.Normalization;

public sealed class QuotedTextTests
{
    [Theory]
    [InlineData("VP of Sales", "VP of Sales")]
    [InlineData("Leiter\r\nVertrieb", "Leiter Vertrieb")]
    [InlineData("<img src=x>[click](http://x)", "img src=x click (http://x)")]
    [InlineData("CEO\u202E\u200B \u0000", "CEO")]
    [InlineData("  ", "")]
    [InlineData("部長", "部長")]
    public void Foreign_words_stand_in_a_sentence_as_plain_text(string text, string plain)
    {
        QuotedText.Neutralise(text).ShouldBe(plain);
    }

    [Fact]
    public void A_long_text_is_cut_and_no_character_is_halved()
    {
        QuotedText.Neutralise(new string('x', 100), 10).ShouldBe("xxxxxxxxx…");
        QuotedText.Neutralise("12345678😀😀", 10).ShouldBe("12345678…");
    }
}
