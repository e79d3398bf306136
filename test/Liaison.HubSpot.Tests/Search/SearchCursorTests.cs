using Liaison.HubSpot.Search;

namespace Liaison.HubSpot.Tests.Search;

public sealed class SearchCursorTests
{
    [Fact]
    public void A_cursor_comes_back_as_it_went()
    {
        var cursor = new SearchCursor(SearchStep.Tie, 1_773_300_000_000, "501", ["502", "503"], "200");

        var back = SearchCursor.Decode(cursor.Encode()).ShouldNotBeNull();

        (back.Step, back.Key, back.LastId, back.After).ShouldBe((cursor.Step, cursor.Key, cursor.LastId, cursor.After));
        back.Seen.ShouldBe(cursor.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    [InlineData("eyJTdGVwIjo5OSwiU2VlbiI6W119")]
    public void Other_text_is_no_cursor(string text) => SearchCursor.Decode(text).ShouldBeNull();
}
