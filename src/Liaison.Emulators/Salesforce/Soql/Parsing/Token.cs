namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Word,
    Number,
    Text,
    Date,
    DateTime,
    Time,
    Sign,
    End,
}

/// <summary>One token: where it stands and how it is written, quotes of texts included.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, string Raw)
{
    /// <summary>Compares words and signs; those of the language may be written in any case.</summary>
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Sign && string.Equals(Raw, word, StringComparison.OrdinalIgnoreCase);

    public string Shown => Kind == TokenKind.End ? "<EOF>" : Raw;
}
