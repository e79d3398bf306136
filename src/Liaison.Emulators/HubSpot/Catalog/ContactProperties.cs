namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The native properties of contacts.</summary>
internal static class ContactProperties
{
    public const string Table = """
        email|Email|string|text|contactinformation|uniq|form|text=email
        firstname|First name|string|text|contactinformation|form
        lastname|Last name|string|text|contactinformation|form
        salutation|Salutation|string|text|contactinformation|form
        phone|Phone number|string|phonenumber|contactinformation|form|text=phone_number
        mobilephone|Mobile phone number|string|phonenumber|contactinformation|form|text=phone_number
        fax|Fax number|string|text|contactinformation|form
        jobtitle|Job title|string|text|contactinformation|form
        job_function|Job function|string|text|contactinformation|form
        seniority|Seniority|string|text|contactinformation|form
        company|Company name|string|text|contactinformation|form
        industry|Industry|string|text|contactinformation|form
        annualrevenue|Annual revenue|string|text|contactinformation|form
        website|Website URL|string|text|contactinformation|form
        address|Street address|string|text|contactinformation|form
        city|City|string|text|contactinformation|form
        state|State/Region|string|text|contactinformation|form
        zip|Postal code|string|text|contactinformation|form
        country|Country/Region|string|text|contactinformation|form
        hs_country_region_code|Country/Region code|string|text|contactinformation
        hs_language|Preferred language|enumeration|select|contactinformation|form|options=en:English,en-us:English - United States,en-gb:English - United Kingdom,de:German,fr:French,es:Spanish,it:Italian,nl:Dutch,pl:Polish,pt:Portuguese,pt-br:Portuguese - Brazil,sv:Swedish,da:Danish,fi:Finnish,no:Norwegian,cs:Czech,ja:Japanese,zh-cn:Chinese - Simplified,ko:Korean,tr:Turkish,uk:Ukrainian,ar:Arabic
        hs_timezone|Time zone|enumeration|select|contactinformation|options=europe_slash_berlin:UTC +01:00 Europe Berlin,europe_slash_london:UTC +00:00 Europe London,us_slash_eastern:UTC -05:00 US Eastern,us_slash_pacific:UTC -08:00 US Pacific
        hs_lead_status|Lead status|enumeration|radio|sales_properties|form|options=NEW:New,OPEN:Open,IN_PROGRESS:In progress,OPEN_DEAL:Open deal,UNQUALIFIED:Unqualified,ATTEMPTED_TO_CONTACT:Attempted to contact,CONNECTED:Connected,BAD_TIMING:Bad timing
        lifecyclestage|Lifecycle stage|enumeration|radio|contactinformation|form|options=subscriber:Subscriber,lead:Lead,marketingqualifiedlead:Marketing qualified lead,salesqualifiedlead:Sales qualified lead,opportunity:Opportunity,customer:Customer,evangelist:Evangelist,other:Other
        hs_pipeline|Lifecycle pipeline|enumeration|select|contactinformation|ro|options=contacts-lifecycle-pipeline:Lifecycle stage pipeline
        hs_lifecyclestage_subscriber_date|Became a subscriber date|datetime|date|contact_activity|ro|epoch
        hs_lifecyclestage_lead_date|Became a lead date|datetime|date|contact_activity|ro|epoch
        hs_lifecyclestage_marketingqualifiedlead_date|Became a marketing qualified lead date|datetime|date|contact_activity|ro|epoch
        hs_lifecyclestage_salesqualifiedlead_date|Became a sales qualified lead date|datetime|date|contact_activity|ro|epoch
        hs_lifecyclestage_opportunity_date|Became an opportunity date|datetime|date|contact_activity|ro|epoch
        hs_lifecyclestage_customer_date|Became a customer date|datetime|date|contact_activity|ro|epoch
        hs_lifecyclestage_evangelist_date|Became an evangelist date|datetime|date|contact_activity|ro|epoch
        hs_lifecyclestage_other_date|Became an other lifecycle date|datetime|date|contact_activity|ro|epoch
        hs_persona|Persona|enumeration|select|contactinformation|options=persona_1:Decision maker,persona_2:Practitioner
        hs_buying_role|Buying role|enumeration|checkbox|sales_properties|options=BLOCKER:Blocker,BUDGET_HOLDER:Budget holder,CHAMPION:Champion,DECISION_MAKER:Decision maker,END_USER:End user,EXECUTIVE_SPONSOR:Executive sponsor,INFLUENCER:Influencer,LEGAL_AND_COMPLIANCE:Legal and compliance,OTHER:Other
        hs_legal_basis|Legal basis for processing contact's data|enumeration|checkbox|contactinformation|options=Legitimate interest – prospect/lead,Legitimate interest – existing customer,Freely given consent from contact,Not applicable
        hs_analytics_source|Original traffic source|enumeration|select|analyticsinformation|ro|options=ORGANIC_SEARCH:Organic search,PAID_SEARCH:Paid search,EMAIL_MARKETING:Email marketing,SOCIAL_MEDIA:Organic social,REFERRALS:Referrals,OTHER_CAMPAIGNS:Other campaigns,DIRECT_TRAFFIC:Direct traffic,OFFLINE:Offline sources,PAID_SOCIAL:Paid social,AI_REFERRALS:AI referrals
        hs_analytics_source_data_1|Original traffic source drill-down 1|string|text|analyticsinformation|ro
        hs_analytics_num_page_views|Number of pageviews|number|number|analyticsinformation|ro
        hs_analytics_num_visits|Number of sessions|number|number|analyticsinformation|ro
        hs_analytics_num_event_completions|Number of event completions|number|number|analyticsinformation|ro
        hs_analytics_average_page_views|Average pageviews|number|number|analyticsinformation|ro|calc
        hs_analytics_first_timestamp|Time first seen|datetime|date|analyticsinformation|ro
        hs_analytics_last_timestamp|Time last seen|datetime|date|analyticsinformation|ro
        hs_analytics_first_url|First page seen|string|text|analyticsinformation|ro
        hs_analytics_last_url|Last page seen|string|text|analyticsinformation|ro
        hs_latest_source|Latest traffic source|enumeration|select|analyticsinformation|ro|options=ORGANIC_SEARCH:Organic search,PAID_SEARCH:Paid search,EMAIL_MARKETING:Email marketing,DIRECT_TRAFFIC:Direct traffic,OFFLINE:Offline sources
        hs_email_optout|Unsubscribed from all email|enumeration|booleancheckbox|emailinformation|ro|options=true:Yes,false:No
        hs_email_open|Marketing emails opened|number|number|emailinformation|ro
        hs_email_click|Marketing emails clicked|number|number|emailinformation|ro
        hs_email_delivered|Marketing emails delivered|number|number|emailinformation|ro
        hs_email_bounce|Marketing emails bounced|number|number|emailinformation|ro
        hs_email_last_open_date|Last marketing email open date|datetime|date|emailinformation|ro
        hs_email_domain|Email domain|string|text|contactinformation|ro|calc|text=domain_name
        hs_email_quarantined|Email address quarantined|enumeration|booleancheckbox|emailinformation|ro|options=true:Yes,false:No
        hs_email_hard_bounce_reason_enum|Email hard bounce reason|enumeration|select|emailinformation|ro|options=CONTENT:Content,MAILBOX_FULL:Mailbox full,OTHER:Other,POLICY:Policy,SPAM:Spam,UNKNOWN_USER:Unknown user
        hs_additional_emails|Additional email addresses|enumeration|checkbox|contactinformation|ro|ext=
        notes_last_updated|Last activity date|datetime|date|sales_properties|ro
        notes_last_contacted|Last contacted|datetime|date|sales_properties|ro
        notes_next_activity_date|Next activity date|datetime|date|sales_properties|ro
        num_notes|Number of sales activities|number|number|sales_properties|ro
        num_contacted_notes|Number of times contacted|number|number|sales_properties|ro
        hs_last_sales_activity_timestamp|Last engagement date|datetime|date|sales_properties|ro
        hs_sales_email_last_replied|Recent sales email replied date|datetime|date|sales_properties|ro
        hs_latest_meeting_activity|Latest meeting activity|datetime|date|sales_properties|ro
        num_associated_deals|Number of associated deals|number|calculation_rollup|contactinformation|ro|calc
        recent_deal_amount|Recent deal amount|number|number|deal_information|ro|money
        associatedcompanyid|Primary associated company ID|number|number|contactinformation|ro|ext=COMPANY
        hs_full_name_or_email|Full name or email|string|calculation_equation|contactinformation|ro|calc
        hs_searchable_calculated_phone_number|Calculated phone number|phone_number|phonenumber|contactinformation|ro|calc|hidden
        hs_searchable_calculated_mobile_number|Calculated mobile number|phone_number|phonenumber|contactinformation|ro|calc|hidden
        hs_predictivecontactscore_v2|Likelihood to close|number|number|contactinformation|ro|hint=probability
        hs_predictivescoringtier|Contact priority|enumeration|radio|contactinformation|ro|options=tier_1:Very high,tier_2:High,tier_3:Medium,tier_4:Low
        hubspotscore|HubSpot score|number|calculation_score|contactinformation|ro|calc
        hs_calculated_merged_vids|Merged vids with timestamps|string|calculation_equation|contactinformation|ro|calc|hidden
        hs_is_contact|Is a contact|bool|booleancheckbox|contactinformation|ro
        hs_is_unworked|Contact unworked|bool|calculation_equation|contactinformation|ro|calc
        hs_marketable_status|Marketing contact status|enumeration|booleancheckbox|contactinformation|ro|options=true:Marketing contact,false:Non-marketing contact
        hs_v2_time_in_current_stage|Time in current stage|datetime|date|contactinformation|ro
        hs_avatar_filemanager_key|Avatar file key|string|file|contactinformation|ro|hidden
        hs_ip_location|IP location|object_coordinates|text|conversioninformation|ro|hidden
        hs_quarantine_facts|Quarantine facts|json|text|emailinformation|ro|hidden
        hs_content_membership_notes|Membership notes|string|textarea|contactinformation
        message|Message|string|textarea|contactinformation|form
        date_of_birth|Date of birth|string|text|contactinformation|form
        hs_date_entered_current_stage|Date entered current stage|date|date|contactinformation|ro
        hs_linkedin_url|LinkedIn URL|string|text|contactinformation
        hs_manual_campaign_ids|Manual campaign ids|enumeration|checkbox|analyticsinformation|ext=
        hs_health_note|Health note|string|textarea|contactinformation|sensitive
        createdate|Create date|datetime|date|contactinformation|ro
        lastmodifieddate|Last modified date|datetime|date|contactinformation|ro
        """;
}
