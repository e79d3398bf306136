using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>Looks up a select list: fields, fields of parents nested in them, functions, sub-queries.</summary>
internal sealed class SelectBinder(BindContext context, Scope scope, StatementBinder statements)
{
    private const int MostOfAllFields = 200;

    private int _unnamed;

    public RowPlan? Plan(SoqlQuery query)
    {
        var plan = new RowPlan();
        return query.Select.All(item => TryAdd(plan, item, query)) ? plan : null;
    }

    private bool TryAdd(RowPlan plan, SelectItem item, SoqlQuery query) => item switch
    {
        SelectItem.Value { Expression: SoqlExpression.Field field } => scope.Path(field.Path) is { } path && TryAddPath(plan, path, path.Field.Name, path.Field.Type, convert: null, field.Path.Mark.Offset),
        SelectItem.Value value => TryAddFunction(plan, value),
        SelectItem.FieldSet set => TryAddSet(plan, set, query),
        SelectItem.Children children => TryAddChildren(plan, children.Query),
        SelectItem.TypeOf type => TryAddTypeOf(plan, type),
        _ => Refuse(query.From.Mark.Offset, "COUNT() can not be used in a sub-query"),
    };

    /// <summary>Adds a field where it belongs: in its parent's own object, made on the way if it is not there yet.</summary>
    /// <param name="convert">What a function makes of the value.</param>
    private bool TryAddPath(RowPlan plan, BoundPath path, string key, SoqlType type, Func<object?, object?>? convert, int at)
    {
        foreach (var hop in path.Hops)
        {
            var name = hop.Reference.Relationship ?? hop.Reference.Name;
            if (plan.Find(name) is not { } known)
            {
                known = new PlanEntry.Parent(name, hop, new RowPlan(), ByObject: null, IsGeneric: hop.Target is null);
                plan.TryAdd(known);
            }

            if (known is not PlanEntry.Parent { Plan: { } nested })
            {
                return Refuse(at, $"duplicate field selected: {name}");
            }

            plan = nested;
        }

        Func<Found, object?> read = path.IsGeneric ? found => NameFields.Read(path.Field, found) : found => found.Row.Read(path.Field);
        var entry = new PlanEntry.Value(key, convert is null ? read : found => convert(read(found)), type, path.Field);
        return plan.TryAdd(entry) || Refuse(at, $"duplicate field selected: {key}");
    }

    private bool TryAddFunction(RowPlan plan, SelectItem.Value item)
    {
        if (new ValueBinder(context, scope).Bind(item.Expression) is not { } value)
        {
            return false;
        }

        // Without an alias, a function of one field takes the field's place in the answer.
        var ofField = item.Expression is SoqlExpression.Call && value.Field is not null;
        var key = item.Alias ?? (ofField ? value.Field!.Name : $"expr{_unnamed++}");
        var entry = new PlanEntry.Value(key, found => value.Read(found.Row), value.Type, value.Field);
        return plan.TryAdd(entry) || Refuse(item.Mark.Offset, $"duplicate field selected: {key}");
    }

    private bool TryAddSet(RowPlan plan, SelectItem.FieldSet set, SoqlQuery query)
    {
        var isBounded = query.Limit <= MostOfAllFields || Candidates.AreNamed(scope, query.Where, MostOfAllFields);
        if (set.Kind != FieldSetKind.Standard && !isBounded)
        {
            context.Refuse("MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200");
            return false;
        }

        foreach (var field in scope.Object.Fields.Where(field => set.Kind == FieldSetKind.All || field.IsCustom == (set.Kind == FieldSetKind.Custom)))
        {
            if (!TryAddPath(plan, new BoundPath([], field, IsGeneric: false), field.Name, field.Type, convert: null, query.From.Mark.Offset))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAddChildren(RowPlan plan, SoqlQuery query)
    {
        if (scope.Object.Child(query.From.Name) is not { } child)
        {
            context.Refuse(
                "INVALID_TYPE",
                query.From.Mark.Offset,
                $"Didn't understand relationship '{query.From.Name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.");
            return false;
        }

        if (query.GroupBy is not null || GroupBinder.IsGrouped(query))
        {
            return Refuse(query.From.Mark.Offset, "Only root queries support aggregate expressions");
        }

        var inner = new Scope(context, child.Object, query.From, query.Joins);
        return statements.Bind(inner, query) is { } statement
            && (plan.TryAdd(new PlanEntry.Children(child.Relationship, statement, child.Field)) || Refuse(query.From.Mark.Offset, $"duplicate field selected: {child.Relationship}"));
    }

    private bool TryAddTypeOf(RowPlan plan, SelectItem.TypeOf type)
    {
        if (Scope.Step(context, scope.Object, type.Relationship) is not { Target: null } hop)
        {
            context.Refuse("INVALID_FIELD", type.Mark.Offset, $"TYPEOF is for polymorphic relationships; '{type.Relationship}' is none of {scope.Object.Name}");
            return false;
        }

        var plans = new Dictionary<string, RowPlan>(StringComparer.OrdinalIgnoreCase);
        foreach (var branch in type.Branches)
        {
            if (Scope.Find(context, new SoqlSource(null, branch.Object, null, branch.Mark)) is not { } target
                || Branch(new Scope(context, target, new SoqlSource(null, branch.Object, null, branch.Mark), []), branch.Fields) is not { } nested)
            {
                return false;
            }

            plans[target.Name] = nested;
        }

        if (Otherwise(type.Otherwise) is not { } otherwise)
        {
            return false;
        }

        plans[""] = otherwise;
        var key = hop.Reference.Relationship ?? type.Relationship;
        return plan.TryAdd(new PlanEntry.Parent(key, hop, Plan: null, plans, IsGeneric: false)) || Refuse(type.Mark.Offset, $"duplicate field selected: {key}");
    }

    private RowPlan? Branch(Scope target, IEnumerable<SoqlPath> fields)
    {
        var plan = new RowPlan();
        foreach (var field in fields)
        {
            if (target.Path(field) is not { } path || !TryAddPath(plan, path, path.Field.Name, path.Field.Type, convert: null, field.Mark.Offset))
            {
                return null;
            }
        }

        return plan;
    }

    private RowPlan? Otherwise(IEnumerable<SoqlPath> fields)
    {
        var plan = new RowPlan();
        foreach (var field in fields)
        {
            if (field.Parts.Count > 1 || NameFields.Find(field.Field) is not { } generic)
            {
                context.Refuse("INVALID_FIELD", field.Mark.Offset, Scope.NoSuchColumn(field.ToString(), "Name"));
                return null;
            }

            plan.TryAdd(new PlanEntry.Value(generic.Name, found => NameFields.Read(generic, found), generic.Type, generic));
        }

        return plan;
    }

    private bool Refuse(int at, string detail)
    {
        context.Refuse("MALFORMED_QUERY", at, detail);
        return false;
    }
}
