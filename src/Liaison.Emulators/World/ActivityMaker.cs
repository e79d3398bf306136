namespace Liaison.Emulators.World;

/// <summary>Makes the logged work with people: notes, mail threads, calls, meetings, tasks.</summary>
internal sealed class ActivityMaker
{
    private static readonly TimeSpan s_synced = TimeSpan.FromDays(400);

    private readonly WorldOptions _options;
    private readonly IReadOnlyList<Profile> _people;
    private readonly Dictionary<int, int> _dealByPerson = [];
    private readonly List<WorldActivity> _made = [];
    private readonly Dice _dice;
    private readonly NoteWriter _notes;
    private readonly ThreadWriter _threads;
    private readonly Phrases _phrases;

    public ActivityMaker(Lexicon lexicon, WorldOptions options, IReadOnlyList<Profile> people, IEnumerable<WorldDeal> deals)
    {
        _options = options;
        _people = people;
        _dice = new Dice(options.Seed, "activities");
        _phrases = new Phrases(_dice, lexicon);
        _notes = new NoteWriter(_dice, lexicon, _phrases);
        _threads = new ThreadWriter(_dice, lexicon, _phrases);

        foreach (var deal in deals)
        {
            foreach (var person in deal.PersonKeys)
            {
                _dealByPerson[person] = deal.Key;
            }
        }
    }

    public IReadOnlyList<WorldActivity> MakeAll()
    {
        var wanted = _people.Count == 0 ? 0 : (int)(_people.Count * _options.ActivitiesPerContact);

        while (_made.Count < wanted)
        {
            var person = _dice.Pick(_people);

            switch (_dice.Weighted(38, 14, 20, 12, 16))
            {
                case 0: Add(WorldActivityKind.Note, person, At(person), null, _notes.Note(person), incoming: false); break;
                case 1: AddThread(person, wanted - _made.Count); break;
                case 2: Add(WorldActivityKind.Call, person, At(person), null, _notes.Line("call", person), _dice.Chance(0.3)); break;
                case 3: AddMeeting(person); break;
                default: AddTask(person); break;
            }
        }

        return _made;
    }

    private void AddThread(Profile person, int room)
    {
        var subject = _phrases.Say("subject", person);
        var reply = $"{(_dice.Chance(0.5) ? "Re:" : person.Market.Phrases["reply"][0])} {subject}";
        var rep = Rep(person);
        var at = At(person);
        var incoming = _dice.Chance(0.4);
        Message? last = null;

        for (var left = Math.Min(room, 1 + _dice.Weighted(30, 30, 20, 20)); left > 0; left--)
        {
            last = _threads.Write(person, rep, incoming, at, last is null ? subject : reply, last);
            Add(WorldActivityKind.Email, person, at, last.Subject, last.Html, incoming, rep.Key);
            at = _dice.Instant(at, Earlier(at.AddDays(3), _options.Now));
            incoming = !incoming;
        }
    }

    private void AddMeeting(Profile person) =>
        Add(WorldActivityKind.Meeting, person, At(person), _phrases.Say("meet", person), _notes.Note(person), incoming: false);

    private void AddTask(Profile person)
    {
        var due = _dice.Chance(0.4) ? _dice.Instant(_options.Now, _options.Now.AddDays(14)) : At(person);
        Add(WorldActivityKind.Task, person, due, _phrases.Say("task", person), _dice.Chance(0.5) ? _notes.Line("task", person) : "", incoming: false);
    }

    private void Add(WorldActivityKind kind, Profile person, DateTimeOffset at, string? subject, string html, bool incoming, int? owner = null)
    {
        var entry = person.Entry;
        var deal = _dealByPerson.TryGetValue(entry.Key, out var key) ? key : (int?)null;

        _made.Add(new WorldActivity(
            _made.Count + 1, kind, at, subject, html, incoming, [entry.Key], entry.CompanyKey, deal, owner ?? Rep(person).Key));
    }

    // Half of the work is older than the entry: mail and calendars are synced backwards when a person is added.
    private DateTimeOffset At(Profile person)
    {
        var created = person.Entry.CreatedAt;

        return _dice.Chance(0.5) ? _dice.Instant(created, _options.Now) : _dice.Instant(created - s_synced, created);
    }

    private WorldOwner Rep(Profile person) =>
        Seats.Owners[(person.Entry.OwnerKey ?? Seats.Draw(_dice, unowned: 0) ?? Seats.ManagerKey) - 1];

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
