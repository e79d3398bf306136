using System.Text.RegularExpressions;

namespace Liaison.Emulators.Hosting;

/// <summary>One fault: which requests it meets and how often.</summary>
internal sealed class Fault<TKind>
    where TKind : struct, Enum
{
    public required int Id { get; init; }

    public required TKind Kind { get; init; }

    /// <summary>Gets which operations it meets; an asterisk stands for anything, no pattern for all.</summary>
    public Regex? Operation { get; init; }

    public int Status { get; init; }

    /// <summary>Gets the CRM's own code for the error; <see langword="null"/> for the one that the status suggests.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the text of the error; <see langword="null"/> for one that says that it was injected.</summary>
    public string? Message { get; init; }

    /// <summary>Gets whether the call counts as one that runs long.</summary>
    public bool Long { get; init; }

    public TimeSpan Delay { get; init; }

    public int? RetryAfter { get; init; }

    public double Probability { get; init; } = 1;

    /// <summary>Gets or sets how often it still happens; <see langword="null"/> for always.</summary>
    public int? Remaining { get; set; }

    /// <summary>Gets or sets how many matching requests pass before it begins.</summary>
    public int Skip { get; set; }

    public required IdSource Chances { get; init; }
}

/// <summary>The faults that are armed.</summary>
internal sealed class Faults<TKind>
    where TKind : struct, Enum
{
    private readonly Lock _gate = new();
    private readonly List<Fault<TKind>> _armed = [];
    private int _nextId = 1;

    public Fault<TKind> Add(Func<int, Fault<TKind>> make)
    {
        lock (_gate)
        {
            var fault = make(_nextId++);
            _armed.Add(fault);
            return fault;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _armed.Clear();
        }
    }

    public IReadOnlyList<Fault<TKind>> Armed()
    {
        lock (_gate)
        {
            return [.. _armed];
        }
    }

    /// <summary>Decides whether a request meets a fault.</summary>
    public Fault<TKind>? Draw(string operation)
    {
        lock (_gate)
        {
            foreach (var fault in _armed)
            {
                if (fault.Remaining is 0 || fault.Operation?.IsMatch(operation) == false)
                {
                    continue;
                }

                if (fault.Skip > 0)
                {
                    fault.Skip--;
                    continue;
                }

                if (fault.Probability >= 1 || fault.Chances.Chance() < fault.Probability)
                {
                    fault.Remaining--;
                    return fault;
                }
            }

            return null;
        }
    }
}
