using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>The tokens of a statement under a reading head, and the first fault that was met.</summary>
/// <remarks>Parsers answer null once a fault is set; nothing is thrown, whatever the statement.</remarks>
internal sealed class TokenReader(string text, IReadOnlyList<Token> tokens)
{
    /// <summary>Deep enough for any statement that people write, and far from the end of the stack.</summary>
    private const int Deepest = 200;

    private int _at;
    private int _depth;

    public SoqlFault? Fault { get; private set; }

    public Token Current => tokens[_at];

    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public SourceMark Mark => new(Current.Start);

    public bool Sees(string word) => Current.Is(word);

    public bool Sees(string word, string then) => Current.Is(word) && Following.Is(then);

    public bool AheadIs(int by, string word) => tokens[Math.Min(_at + by, tokens.Count - 1)].Is(word);

    public Token Take()
    {
        var token = Current;
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return token;
    }

    public bool TryTake(string word)
    {
        if (!Sees(word))
        {
            return false;
        }

        Take();
        return true;
    }

    public bool TryTake(string word, string then)
    {
        if (!Sees(word, then))
        {
            return false;
        }

        Take();
        Take();
        return true;
    }

    /// <summary>Takes what must stand here, or sets the fault.</summary>
    public bool Expect(string word)
    {
        if (TryTake(word))
        {
            return true;
        }

        Unexpected();
        return false;
    }

    /// <summary>Takes a name that is no reserved word.</summary>
    public string? Name()
    {
        if (Current.Kind == TokenKind.Word && !ReservedWords.Contains(Current.Raw))
        {
            return Take().Raw;
        }

        Unexpected();
        return null;
    }

    /// <summary>Takes a word that may stand here as another name for what was before it.</summary>
    public string? Alias() => Current.Kind == TokenKind.Word && !ReservedWords.Contains(Current.Raw) ? Take().Raw : null;

    public void Unexpected() => Refuse(SoqlMessage.Unexpected(text, Current.Start, Current.Shown));

    public void Refuse(int at, string detail) => Refuse(SoqlMessage.At("MALFORMED_QUERY", text, at, detail));

    public void Refuse(SoqlFault fault) => Fault ??= fault;

    /// <summary>Goes one level into brackets; false, with the fault set, where they are nested too deeply.</summary>
    public bool Enter()
    {
        if (++_depth <= Deepest)
        {
            return true;
        }

        Refuse(new SoqlFault("QUERY_TOO_COMPLICATED", "Query is either selecting too many fields or the filter conditions are too complicated."));
        return false;
    }

    public void Leave() => _depth--;
}
