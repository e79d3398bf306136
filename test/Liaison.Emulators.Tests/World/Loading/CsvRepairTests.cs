using System.Text;
using Liaison.Emulators.World.Loading;

namespace Liaison.Emulators.Tests.World.Loading;

public sealed class CsvRepairTests
{
    [Fact]
    public void A_row_wrapped_in_quotes_is_read_again()
    {
        var load = LoadedFile.Load("Name,Mail,Score\n\"Ann,\"\"a, b@x.test\"\",3\"\n");

        load.World.People.Single().Email.ShouldBe("a, b@x.test");
        load.Repaired.Single().ShouldBe(new RowRepair(2, "read the field again as a row of 3", "the whole row was wrapped in quotes"));
    }

    [Fact]
    public void Line_breaks_in_quoted_cells_stay_and_line_numbers_count_on()
    {
        var load = LoadedFile.Load("Name,Mail,Score\n\"Ann\nMarie\",a@x.test,1\nBob,b@x.test\n");

        load.World.People.Single().FirstName.ShouldBe("Ann\nMarie");
        load.Quarantined.Single().Line.ShouldBe(4);
    }

    [Fact]
    public void Rows_of_another_width_are_quarantined_with_line_and_reason()
    {
        var load = LoadedFile.Load("Name,Mail,Score\nAnn,a@x.test\nBob,b@x.test,1,2\nCy,c@x.test,3\n");

        load.Rows.ShouldBe(3);
        load.World.People.Count.ShouldBe(1);
        load.Quarantined.Select(row => row.Line).ShouldBe([2, 3]);
        load.Quarantined[1].Why.ShouldBe("the header has 3 columns");
        load.Quarantined[1].Text.ShouldBe("Bob,b@x.test,1,2");
    }

    [Fact]
    public void Empty_cells_beyond_the_header_are_left_out_and_short_rows_are_padded_if_the_map_says_so()
    {
        var load = LoadedFile.Load("Name,Mail,Score\nAnn,a@x.test,1,,\nBob,b@x.test\n", "short_rows: pad\n" + LoadedFile.PlainMap);

        load.Quarantined.ShouldBeEmpty();
        load.RepairedRows.ShouldBe(2);
    }

    [Theory]
    [InlineData("Ann 5\" tall,a@x.test,1", "Ann 5\" tall")]
    [InlineData("\"said \"hi\" there\",a@x.test,1", "said \"hi\" there")]
    [InlineData("\"Ann,a@x.test,1", "\"Ann")]
    public void Stray_quotes_are_taken_as_characters(string row, string name)
    {
        var load = LoadedFile.Load($"Name,Mail,Score\n{row}\nBob,b@x.test,2\n");

        load.World.People.Select(person => person.FirstName).ShouldBe([name, "Bob"]);
        load.Repaired.Single().Line.ShouldBe(2);
    }

    [Fact]
    public void A_quote_left_open_does_not_swallow_the_rows_after_it()
    {
        var rows = string.Concat(Enumerable.Range(0, 200).Select(number => $"P{number},p{number}@x.test,\"{number}\"\n"));

        var load = LoadedFile.Load($"Name,Mail,Score\nAnn,\"a@x.test,1\n{rows}");

        load.Rows.ShouldBe(201);
        load.World.People.Count.ShouldBe(201);
    }

    [Fact]
    public void A_second_row_with_the_same_address_is_quarantined_unless_the_map_says_otherwise()
    {
        const string Csv = "Name,Mail,Score\nAnn,a@x.test,1\nAnne, A@x.test ,2\n";

        LoadedFile.Load(Csv).Quarantined.Single().Line.ShouldBe(3);
        var kept = LoadedFile.Load(Csv, "duplicate_emails: drop_email\n" + LoadedFile.PlainMap);

        kept.World.People.Select(person => person.Email).ShouldBe(["a@x.test", null]);
        kept.Repaired.Single().Line.ShouldBe(3);
    }

    [Fact]
    public void Values_of_the_wrong_type_are_left_empty_and_told()
    {
        var load = LoadedFile.Load("Name,Mail,Score\nAnn,a@x.test,many\nBob,b@x.test,-\n");

        load.World.People.ShouldAllBe(person => person.Extra.Count == 0);
        load.Repaired.Single().ShouldBe(new RowRepair(2, "left 'Score' empty", "its value does not fit; expected a number"));
    }

    [Theory]
    [InlineData("Name;Mail;Score\nAnn;a@x.test;1\n")]
    [InlineData("Name\tMail\tScore\nAnn\ta@x.test\t1\n")]
    [InlineData("\uFEFFName,Mail,Score\r\n\r\n  Ann ,a@x.test,1\r\n")]
    [InlineData("\n\nName,Mail,Score\rAnn,a@x.test,1")]
    [InlineData("\"Name\", \"Mail\", \"Score\"\n\"Ann\", \"a@x.test\", \"1\"\n")]
    [InlineData("Name,Mail,Score\nA\0nn,a@x.test,1\n")]
    [InlineData("\"Name,Mail,Score\"\n\"Ann,a@x.test,1\"\n")]
    public void Delimiters_byte_order_marks_blanks_and_line_ends_make_no_difference(string csv)
    {
        var person = LoadedFile.Load(csv).World.People.Single();

        person.FirstName.ShouldBe("Ann");
        person.Email.ShouldBe("a@x.test");
        person.Extra["score"].ShouldBe("1");
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_read_as_Latin_1_and_that_is_told()
    {
        var load = LoadedFile.Load(Encoding.Latin1.GetBytes("Name,Mail,Score\nJürgen,j@x.test,1\n"));

        load.World.People.Single().FirstName.ShouldBe("Jürgen");
        load.Notes.Single().ShouldContain("Latin-1");
    }

    [Fact]
    public void Columns_of_the_same_name_are_told_apart()
    {
        var load = LoadedFile.Load(
            "Name,Mail,Mail,Score\nAnn,a@x.test,b@x.test,1\n", LoadedFile.PlainMap.Replace("email: Mail", "email: Mail (2)", StringComparison.Ordinal));

        load.World.People.Single().Email.ShouldBe("b@x.test");
        load.Notes.Single().ShouldContain("'Mail (2)'");
    }

    [Fact]
    public void A_header_without_rows_loads_nobody_and_says_so()
    {
        var load = LoadedFile.Load("Name,Mail,Score\n");

        load.Rows.ShouldBe(0);
        load.Notes.Single().ShouldBe("The file holds a header and no rows.");
    }

    [Fact]
    public void Blank_lines_are_counted_and_rows_of_empty_cells_are_quarantined()
    {
        var load = LoadedFile.Load("Name,Mail,Score\n\n,,\n   \nAnn,a@x.test,1\n");

        load.BlankLines.ShouldBe(2);
        load.Rows.ShouldBe(2);
        load.Quarantined.Single().Line.ShouldBe(3);
    }
}
